import type { AuditEntry } from '../domain/index.js'
import { example } from './example.js'
import { finding, identityOf, targetOf, type Policy } from './policy.js'

/** SE-07, its part that gives a way to write. */
export const writableDeployKey: Policy = {
  id: 'SE-07',
  title: 'Deploy key with write access added',
  severity: 3,
  detects:
    'A deploy key was added that may push. Keys that may only read, and keys that were removed, are left alone.',
  actions: ['deploy_key.created'],
  evaluate(entry) {
    // A key of which GitHub did not say that it only reads counts as writable.
    if (entry.labels?.['writable'] !== true) return []
    const fingerprint = entry.labels['fingerprint']
    const which = fingerprint === undefined ? '' : ` Its fingerprint is ${String(fingerprint)}.`
    return [
      finding(writableDeployKey, entry, {
        title: 'Deploy key with write access added',
        explanation: `Whoever holds the private key can push to this repository without an account, and pushes do not name a person.${which}`,
        remedy:
          'Ask who added it what it is for. If it need not push, replace it with a key that only reads; if nobody knows it, delete it and look at what was pushed with it.',
        about: identityOf(targetOf(entry, 'deploy_key')),
      }),
    ]
  },
  examples: {
    fires: [{ when: 'it may push', entry: key('deploy_key.created', { writable: true }) }],
    quiet: [
      { when: 'it may only read', entry: key('deploy_key.created') },
      { when: 'it is removed', entry: key('deploy_key.deleted', { writable: true }) },
    ],
  },
}

function key(action: string, labels: AuditEntry['labels'] = {}): AuditEntry {
  const targets = [{ type: 'deploy_key', id: 11, name: 'release robot' }]
  return example({ action, category: 'secret', operation: 'create', targets, labels })
}
