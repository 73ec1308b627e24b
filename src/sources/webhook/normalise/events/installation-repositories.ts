import type { EntryDraft, Json, JsonObject } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import { hosted, type Normaliser, type WebhookEvent } from '../event.js'
import { htmlUrl, links } from '../links.js'
import { list, object, text } from '../payload.js'
import { installationCorrelation, installationTarget, requesters } from './installation.js'

const NAMES = {
  added: 'installation_repository.added',
  removed: 'installation_repository.removed',
}
/** Entries for one delivery at most; `labels.repositories` counts all. */
const MOST_REPOSITORIES = 200

/**
 * One entry for each repository that Hooktrail sees or no longer sees, under that repository: the only sign that
 * GitHub gives an App when a repository is deleted or transferred away.
 */
export const installationRepositories: Normaliser = {
  event: 'installation_repositories',
  normalise(event) {
    const { repositories_added: added, repositories_removed: removed } = event.payload
    const repositories = list(event.action === 'removed' ? removed : added)
    if (repositories.length === 0) return [entry(event, {}, 0)]
    return repositories
      .slice(0, MOST_REPOSITORIES)
      .map((repository) => entry(event, repository, repositories.length))
  },
}

function entry(event: WebhookEvent, repository: Json, count: number): EntryDraft {
  const about = object(event.payload.installation)
  const repo = hosted(event.host, repository)
  return draft(
    { ...event, repo },
    {
      action: actionName(event, NAMES),
      at: [],
      targets: [
        ...(repo ? [{ type: 'repository', id: repo.id, name: repo.name }] : []),
        installationTarget(about),
        ...requesters(event),
      ],
      links: links([['settings', htmlUrl(about)]]),
      correlation: installationCorrelation(about),
      labels: {
        repositories: count,
        repository_selection: text(event.payload.repository_selection, 40),
        private: isPrivate(object(repository)),
      },
    },
  )
}

function isPrivate(repository: JsonObject): boolean {
  return repository.private === true
}
