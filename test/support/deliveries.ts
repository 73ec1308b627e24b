import type { Delivery, EntryDraft, JsonObject } from '../../src/core/domain/index.js'

/** A delivery as the front door hands it on; the body is the payload's JSON unless given. */
export function delivery(
  guid: string,
  payload: JsonObject = { n: guid },
  event = 'push',
): Delivery {
  return {
    host: 'github.com',
    guid,
    event,
    kind: 'webhook',
    payload,
    body: Buffer.from(JSON.stringify(payload)),
    headers: { 'x-github-event': event },
    receivedAt: Date.UTC(2026, 10, 1, 10, 0, 0),
  }
}

export function draft(over: Partial<EntryDraft> = {}): EntryDraft {
  return {
    occurred_at: '2026-11-01T09:59:59.000Z',
    action: 'push.created',
    outcome: 'success',
    actor: { type: 'user', id: 1, login: 'octocat' },
    attribution: { confidence: 'verified', method: 'sender' },
    targets: [{ type: 'branch', id: 'refs/heads/main', name: 'main' }],
    repo: { host: 'github.com', id: 99, name: 'acme/shop' },
    ...over,
  }
}
