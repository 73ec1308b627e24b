import { randomUUID } from 'node:crypto'

import type { EntryDraft } from '../../core/domain/index.js'
import type { Appender } from '../append-entries.js'

/** Appends what somebody did with the log by Hooktrail itself. Returns the entry's number. */
export async function recordFact(
  appender: Appender,
  draft: Omit<EntryDraft, 'occurred_at' | 'outcome'>,
  { host, now }: { readonly host: string; readonly now: number },
): Promise<number> {
  const { firstSeq } = await appender.append({
    delivery: {
      host,
      guid: `${draft.action}:${randomUUID()}`,
      event: draft.action,
      kind: 'internal',
      payload: {},
      body: new Uint8Array(),
      headers: {},
      receivedAt: now,
    },
    drafts: [{ occurred_at: new Date(now).toISOString(), outcome: 'success', ...draft }],
  })
  return firstSeq
}
