import type { AuditEntry } from '../../../src/core/domain/index.js'
import { flows } from '../../support/flows.js'

/** Entries of a flow of test/cases, in the order in which they came. */
export function recorded(name: string): AuditEntry[] {
  const flow = flows().find((one) => one.name === name)
  if (!flow) throw new Error(`no flow ${name} is recorded`)
  return flow.deliveries.flat()
}

/** An entry of `acme/shop` in which only what a test is about has to be said. */
export function told(action: string, time: string, over: Partial<AuditEntry> = {}): AuditEntry {
  const id = `${action} ${time} ${JSON.stringify(over.targets ?? [])}`
  return {
    schema: 1,
    id,
    seq: 0,
    occurred_at: `2026-11-01T${time}.000Z`,
    recorded_at: '2026-11-01T23:00:00.000Z',
    action,
    operation: 'update',
    category: 'setting',
    outcome: 'success',
    severity: 0,
    actor: { type: 'user', subject: 'octocat', login: 'octocat' },
    attribution: { confidence: 'verified', method: 'sender' },
    targets: [],
    account: { host: 'github.com', id: 9, name: 'acme' },
    repo: { host: 'github.com', id: 99, name: 'acme/shop' },
    source: { system: 'github', kind: 'webhook', delivery_id: id, event: 'test' },
    ...over,
  }
}

/** A statement of a derived fact: the newest under a key holds. */
export function stated(key: string, number: number): Pick<AuditEntry, 'source'> {
  const delivery_id = `derived:${key}#${String(number)}`
  return { source: { system: 'hooktrail', kind: 'internal', delivery_id, event: 'derived' } }
}
