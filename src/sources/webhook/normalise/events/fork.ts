import { correlation, draft } from '../draft.js'
import { hosted, type Normaliser } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { object } from '../payload.js'

/** A copy of a repository under another account: of a private one, its contents under other rules. */
export const fork: Normaliser = {
  event: 'fork',
  normalise(event) {
    const { repo, repoUrl } = event
    const forkee = object(event.payload.forkee)
    const copy = hosted(event.host, forkee)
    const isPrivate = object(event.payload.repository).private === true
    const entry = draft(event, {
      action: 'repository.forked',
      at: [forkee.created_at],
      severity: isPrivate ? 1 : undefined,
      targets: [
        { type: 'fork', id: copy?.id, name: copy?.name, url: htmlUrl(forkee) },
        { type: 'repository', id: repo?.id, name: repo?.name, url: repoUrl },
      ],
      links: links([
        ['fork', htmlUrl(forkee)],
        ['repository', repoUrl],
      ]),
      correlation: correlation('fork', repo, copy?.id),
      labels: { private: isPrivate, public_fork: forkee.private === false && isPrivate },
    })
    return [entry]
  },
}
