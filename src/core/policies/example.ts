import type { AuditEntry } from '../domain/index.js'

/** An entry of `acme/shop` in which only what an example is about has to be said. */
export function example(over: Partial<AuditEntry> & Pick<AuditEntry, 'action'>): AuditEntry {
  return {
    schema: 1,
    id: '019a3f1e-0000-7000-8000-000000000000',
    seq: 17,
    occurred_at: '2026-11-01T10:00:00.000Z',
    recorded_at: '2026-11-01T10:00:01.000Z',
    operation: 'update',
    category: 'setting',
    outcome: 'success',
    severity: 0,
    actor: { type: 'user', login: 'octocat' },
    attribution: { confidence: 'verified', method: 'sender' },
    targets: [],
    account: { host: 'github.com', id: 9, name: 'acme' },
    repo: { host: 'github.com', id: 99, name: 'acme/shop' },
    source: { system: 'github', kind: 'webhook', delivery_id: 'example', event: 'example' },
    ...over,
  }
}
