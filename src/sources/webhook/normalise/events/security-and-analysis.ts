import type { DraftChange } from '../../../../core/domain/index.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { isObject, object, text } from '../payload.js'
import { snapshot } from '../snapshot.js'

/** Secret scanning, push protection, Dependabot and code security, switched on or off for a repository. */
export const securityAndAnalysis: Normaliser = {
  event: 'security_and_analysis',
  normalise(event) {
    const { repo, repoUrl } = event
    const { security_and_analysis: features } = object(event.payload.repository)
    const changes = changedFeatures(event)
    const weakened = changes.filter(
      ({ before, after }) => before === 'enabled' && after !== 'enabled',
    )
    const url = below(repoUrl, 'settings', 'security_analysis')
    const entry = draft(event, {
      action: 'security_feature.changed',
      at: [],
      severity: weakened.length > 0 ? 3 : undefined,
      targets: [{ type: 'repository', id: repo?.id, name: repo?.name, url: repoUrl }],
      changes,
      snapshot: isObject(features) ? snapshot('security_features', repo?.id, features) : undefined,
      links: links([
        ['settings', url],
        ['repository', repoUrl],
      ]),
      correlation: correlation('security_feature', repo, 'all'),
      labels: { weakened: weakened.length > 0 },
    })
    return [entry]
  },
}

function changedFeatures({ payload }: WebhookEvent): DraftChange[] {
  const before = object(object(object(payload.changes).from).security_and_analysis)
  const after = object(object(payload.repository).security_and_analysis)
  const found: DraftChange[] = []
  for (const name of Object.keys(before).slice(0, 50)) {
    const [was, is] = [text(object(before[name]).status, 40), text(object(after[name]).status, 40)]
    if (was !== is) found.push({ path: `${text(name, 100) ?? ''}/status`, before: was, after: is })
  }
  return found
}
