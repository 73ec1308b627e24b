import type { Actions } from './definition.js'

/** Hooktrail's own installations: what it can record at all. */
export const SYSTEM: Actions = {
  'installation.created': {
    description: 'Hooktrail was installed on an account.',
    category: 'system',
    operation: 'create',
    severity: 1,
    events: ['installation.created'],
    auditLog: ['integration_installation.create'],
  },
  'installation.deleted': {
    description: 'Hooktrail was removed from an account: nothing of it is recorded from here on.',
    category: 'system',
    operation: 'delete',
    severity: 3,
    events: ['installation.deleted'],
    auditLog: ['integration_installation.destroy'],
  },
  'installation.suspended': {
    description:
      'Hooktrail was suspended on an account: nothing of it is recorded until that ends.',
    category: 'system',
    operation: 'update',
    severity: 3,
    events: ['installation.suspend'],
    auditLog: ['integration_installation.suspend'],
  },
  'installation.unsuspended': {
    description: 'Hooktrail’s suspension on an account ended.',
    category: 'system',
    operation: 'update',
    severity: 1,
    events: ['installation.unsuspend'],
    auditLog: ['integration_installation.unsuspend'],
  },
  'installation.permissions_accepted': {
    description: 'An account agreed to new permissions for Hooktrail.',
    category: 'system',
    operation: 'approve',
    severity: 1,
    events: ['installation.new_permissions_accepted'],
    auditLog: ['integration_installation.version_updated'],
  },
  'installation_repository.added': {
    description: 'Hooktrail sees one more repository.',
    category: 'system',
    operation: 'create',
    severity: 0,
    events: ['installation_repositories.added'],
    auditLog: ['integration_installation.repositories_added'],
  },
  'installation_repository.removed': {
    description:
      'Hooktrail no longer sees a repository: it was taken away, deleted or transferred.',
    category: 'system',
    operation: 'delete',
    severity: 2,
    events: ['installation_repositories.removed'],
    auditLog: ['integration_installation.repositories_removed'],
  },
  'webhook.deleted': {
    description:
      'The webhook that these deliveries came by was deleted: nothing comes by it any more.',
    category: 'system',
    operation: 'delete',
    severity: 3,
    events: ['meta.deleted'],
    auditLog: ['hook.destroy'],
  },
  'webhook.pinged': {
    description: 'GitHub tried out a new webhook.',
    category: 'system',
    operation: 'create',
    severity: 0,
    events: ['ping'],
    auditLog: ['hook.create'],
  },
  'cache.synchronized': {
    description: 'A cache of the Enterprise Server caught up with a ref.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: ['cache_sync'],
  },
}
