import type { DraftTarget, JsonObject, Link } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { count, LIMITS, object, text } from '../payload.js'
import { alertCorrelation, alertLabels, alertLinks, alertTarget } from './secret-scanning-alert.js'

/** A place where the secret stands: a commit's file, or an issue, a pull request, a discussion, a wiki page. */
export const secretScanningAlertLocation: Normaliser = {
  event: 'secret_scanning_alert_location',
  normalise(event) {
    const alert = object(event.payload.alert)
    const place = object(event.payload.location)
    const details = object(place.details)
    const sha = text(details.commit_sha, LIMITS.sha)
    const entry = draft(event, {
      action: actionName(event, { created: 'secret_alert.located' }),
      at: [],
      targets: [alertTarget(alert), placeTarget(place, details)],
      ci: sha === undefined ? undefined : { head_sha: sha },
      links: [...alertLinks(event, alert), ...placeLinks(event, place, details)],
      correlation: alertCorrelation(event, alert),
      labels: {
        ...alertLabels(alert),
        location: text(place.type, 40),
        line: count(details.start_line),
      },
    })
    return [entry]
  },
}

function placeTarget(place: JsonObject, details: JsonObject): DraftTarget {
  return {
    type: text(place.type, 40) ?? 'location',
    id: text(details.commit_sha, LIMITS.sha),
    name: text(details.path, LIMITS.path),
  }
}

function placeLinks(event: WebhookEvent, place: JsonObject, details: JsonObject): Link[] {
  const { repoUrl } = event
  if (place.type !== 'commit') {
    return links([['location', details.page_url ?? conversation(repoUrl, details)]])
  }
  const [sha, path] = [text(details.commit_sha, LIMITS.sha), text(details.path, LIMITS.url)]
  if (sha === undefined) return []
  const file = path === undefined ? undefined : below(repoUrl, 'blob', sha, path)
  const line = count(details.start_line)
  return links([
    ['location', file !== undefined && line !== undefined ? `${file}#L${String(line)}` : file],
    ['commit', below(repoUrl, 'commit', sha)],
  ])
}

/** The page of the issue, pull request or discussion whose API address the details hold. */
function conversation(repoUrl: string | undefined, details: JsonObject): string | undefined {
  for (const value of Object.values(details)) {
    const found = /\/(issues|pulls|discussions)\/(\d{1,15})(?:\/|$|#)/.exec(
      text(value, LIMITS.url) ?? '',
    )
    const [, kind, number] = found ?? []
    if (kind === undefined || number === undefined) continue
    return below(repoUrl, kind === 'pulls' ? 'pull' : kind, number)
  }
  return undefined
}
