import { personal, type CiContext, type JsonObject } from '../../../../core/domain/index.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { below, links } from '../links.js'
import { outcomeOf, severityOf } from '../outcome.js'
import { firstLine, identifier, LIMITS, list, object, text } from '../payload.js'

/** What a system outside says about a commit; the commit's author, who stands in the payload too, said nothing. */
export const status: Normaliser = {
  event: 'status',
  normalise(event) {
    const { payload, repo, repoUrl } = event
    const sha = text(payload.sha, LIMITS.sha)
    const outcome = outcomeOf(payload.state, 'completed')
    const said = firstLine(payload.description)
    const entry = draft(event, {
      action: 'commit_status.reported',
      at: [payload.updated_at, payload.created_at],
      outcome,
      severity: severityOf(outcome),
      targets: [
        { type: 'commit_status', id: identifier(payload.id), name: text(payload.context) },
        { type: 'commit', id: sha, url: sha && below(repoUrl, 'commit', sha) },
      ],
      ci: { head_sha: sha, ref: refOf(payload) },
      reason: said === undefined ? undefined : personal(said),
      links: links([
        ['details', payload.target_url],
        ['commit', sha && below(repoUrl, 'commit', sha)],
        ['repository', repoUrl],
      ]),
      correlation: correlation('status', repo, sha),
      labels: { state: text(payload.state, 40) },
    })
    return [entry]
  },
}

/** The branch, if the commit is the head of exactly one. */
function refOf(payload: JsonObject): CiContext['ref'] {
  const branches = list(payload.branches).filter(
    (branch) => object(object(branch).commit).sha === payload.sha,
  )
  const name = branches.length === 1 ? text(object(branches[0]).name) : undefined
  return name === undefined ? undefined : `refs/heads/${name}`
}
