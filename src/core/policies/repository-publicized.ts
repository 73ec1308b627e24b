import type { AuditEntry } from '../domain/index.js'
import { example } from './example.js'
import { finding, type Policy } from './policy.js'

/** RS-10, its part that cannot be undone. */
export const repositoryPublicized: Policy = {
  id: 'RS-10',
  title: 'Repository made public',
  severity: 4,
  detects:
    'A private or internal repository was made public. GitHub’s second event about the same change, new repositories and the way back to private are left alone.',
  actions: ['repository.publicized'],
  evaluate: (entry) => [
    finding(repositoryPublicized, entry, {
      title: 'Repository made public',
      explanation:
        'Everybody can read and copy the repository with its whole history, its issues and the logs of its workflow runs. Copies stay when it becomes private again.',
      remedy:
        'If it was not meant, make it private again at once. Take every secret that ever stood in its history or logs for known, and rotate it.',
      about: 'visibility',
    }),
  ],
  examples: {
    fires: [{ when: 'it is made public', entry: visible('repository.publicized', 'public') }],
    quiet: [
      { when: 'it is made private', entry: visible('repository.privatized', 'private') },
      { when: 'it is created', entry: visible('repository.created', 'public') },
      {
        when: 'GitHub reports the same publication a second time',
        entry: visible('repository.publicity_reported', 'public'),
      },
    ],
  },
}

function visible(action: string, visibility: string): AuditEntry {
  const targets = [{ type: 'repository', id: 99, name: 'acme/shop' }]
  return example({ action, targets, labels: { visibility } })
}
