import type { EntryDraft } from '../../core/domain/index.js'
import { readingKey } from '../../core/state/index.js'
import { VERSION, type Database } from '../../platform/index.js'
import type { Appender, AppendReceipt } from '../append-entries.js'
import { recordAct, type Operator } from '../operator-act.js'
import type { Chosen } from './raw-deliveries.js'
import type { Amendment } from './read-again.js'
import { labelled } from './todays-reading.js'

/** Old entries and paths that the entry names; the whole is in the log beside it. */
const MOST_TARGETS = 50
const MOST_PATHS = 100
const MOST_PATH = 200

/** The reprocessing that amends: the entry that names whoever started it, and the time (ms since 1970). */
export interface AmendingAct {
  readonly seq: number
  readonly now: number
}

/** Records who has deliveries read again, once for all amendments that follow; returns the entry's number. */
export function recordReprocessing(
  database: Database,
  operator: Operator,
  { since, event }: Chosen,
): Promise<number> {
  return recordAct(database, operator, {
    action: 'log.reprocessed',
    targets: [],
    labels: {
      version: VERSION,
      ...(event !== undefined && { event: event.slice(0, MOST_PATH) }),
      ...(since !== undefined && { since: new Date(since).toISOString() }),
    },
  })
}

/**
 * Appends today's reading behind an `entry.amended`, as one delivery under a key of its own: once, whoever is killed when.
 * @throws LedgerError `unavailable`
 */
export function appendAmendment(
  appender: Appender,
  amendment: Amendment,
  act: AmendingAct,
): Promise<AppendReceipt> {
  const { delivery, stored, drafts } = amendment
  const { host, event, guid, installationId } = delivery
  const reading = stored.reading + 1
  return appender.append({
    delivery: {
      host,
      guid: readingKey({ guid, reading }),
      event,
      kind: 'reprocess',
      payload: { installation: { id: installationId } },
      body: new Uint8Array(),
      headers: {},
      receivedAt: act.now,
    },
    drafts: [amended(amendment, reading, act), ...drafts.map((draft) => labelled(draft, reading))],
  })
}

/** Says which entries are replaced and where they differ, without the values: those are in the entries. */
function amended(
  { stored, drafts, paths }: Amendment,
  reading: number,
  { seq, now }: AmendingAct,
): EntryDraft {
  const { entries, firstSeq } = stored
  const [about] = drafts
  return {
    occurred_at: new Date(now).toISOString(),
    action: 'entry.amended',
    outcome: 'success',
    actor: { type: 'system', login: 'hooktrail' },
    attribution: {
      confidence: 'verified',
      method: 'stated by Hooktrail; entry act_seq says who had it done',
    },
    targets: entries
      .slice(0, MOST_TARGETS)
      .map(({ id, action }) => ({ type: 'entry', id, name: action })),
    account: about?.account,
    repo: about?.repo,
    changes: paths.slice(0, MOST_PATHS).map((path) => ({ path: path.slice(0, MOST_PATH) })),
    correlation_id: about?.correlation_id,
    labels: {
      reading,
      act_seq: seq,
      replaces_seq: stored.reading === 1 ? firstSeq : firstSeq + 1,
      replaced_entries: entries.length,
      changed_paths: paths.length,
      version: VERSION,
    },
  }
}
