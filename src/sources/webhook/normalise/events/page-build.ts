import { personal, type Outcome } from '../../../../core/domain/index.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { below, links } from '../links.js'
import { severityOf } from '../outcome.js'
import { firstLine, identifier, LIMITS, object, text } from '../payload.js'
import { firstWho } from '../who.js'

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  built: 'success',
  errored: 'failure',
  building: 'pending',
  queued: 'pending',
}

/** A site of GitHub Pages, built from a commit. */
export const pageBuild: Normaliser = {
  event: 'page_build',
  normalise(event) {
    const { payload, repo, repoUrl } = event
    const build = object(payload.build)
    const state = text(build.status, 40)
    const outcome = (state && Object.hasOwn(OUTCOMES, state) && OUTCOMES[state]) || 'unknown'
    const sha = text(build.commit, LIMITS.sha)
    const error = firstLine(object(build.error).message)
    const entry = draft(event, {
      action: 'pages.built',
      at: [build.updated_at, build.created_at],
      who: firstWho([
        ['build.pusher', build.pusher],
        ['sender', payload.sender],
      ]),
      outcome,
      severity: severityOf(outcome),
      targets: [{ type: 'page_build', id: identifier(payload.id), name: repo?.name }],
      ci: { event: 'page_build', head_sha: sha, environment: 'github-pages' },
      reason: error === undefined ? undefined : personal(error),
      links: links([
        ['commit', sha && below(repoUrl, 'commit', sha)],
        ['settings', below(repoUrl, 'settings', 'pages')],
        ['repository', repoUrl],
      ]),
      correlation: correlation('pages', repo, identifier(payload.id)),
      labels: { state },
    })
    return [entry]
  },
}
