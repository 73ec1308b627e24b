import type { Actions } from './definition.js'

/** Pushes, branches, tags, and the files that define the pipeline. */
export const SOURCE: Actions = {
  'push.created': {
    description: 'Commits were pushed to a branch.',
    category: 'source',
    operation: 'update',
    severity: 0,
    events: ['push'],
    auditLog: ['git.push'],
  },
  'push.forced': {
    description: 'A branch was pushed by force: commits that it had may be gone from it.',
    category: 'source',
    operation: 'update',
    severity: 2,
    events: ['push'],
  },
  'branch.created': {
    description: 'A branch was created.',
    category: 'source',
    operation: 'create',
    severity: 0,
    events: ['push'],
  },
  'branch.deleted': {
    description: 'A branch was deleted.',
    category: 'source',
    operation: 'delete',
    severity: 0,
    events: ['push'],
  },
  'tag.created': {
    description: 'A tag was created.',
    category: 'source',
    operation: 'create',
    severity: 0,
    events: ['push'],
  },
  'tag.moved': {
    description: 'A tag was pointed to another commit: whoever uses it now gets other code.',
    category: 'source',
    operation: 'update',
    severity: 3,
    events: ['push'],
  },
  'tag.deleted': {
    description: 'A tag was deleted.',
    category: 'source',
    operation: 'delete',
    severity: 1,
    events: ['push'],
  },
  'ref.create_reported': {
    description:
      'GitHub’s second word about a new branch or tag; the fact is branch.created or tag.created.',
    category: 'source',
    operation: 'create',
    severity: 0,
    events: ['create'],
  },
  'ref.delete_reported': {
    description:
      'GitHub’s second word about a deleted branch or tag; the fact is branch.deleted or tag.deleted.',
    category: 'source',
    operation: 'delete',
    severity: 0,
    events: ['delete'],
  },
  'workflow_file.added': {
    description: 'A push added a file that defines the pipeline.',
    category: 'pipeline',
    operation: 'create',
    severity: 1,
    events: ['push'],
  },
  'workflow_file.changed': {
    description: 'A push changed a file that defines the pipeline.',
    category: 'pipeline',
    operation: 'update',
    severity: 1,
    events: ['push'],
  },
  'workflow_file.removed': {
    description: 'A push removed a file that defines the pipeline.',
    category: 'pipeline',
    operation: 'delete',
    severity: 1,
    events: ['push'],
  },
  'repository.forked': {
    description: 'Somebody made a copy of a repository under another account.',
    category: 'source',
    operation: 'create',
    severity: 0,
    events: ['fork'],
  },
}
