import { createHash } from 'node:crypto'

import { sqltag as sql } from '@prisma/client/runtime/client'

import { endLine, entryLine, manifestLine } from '../../core/bundle/index.js'
import { personal } from '../../core/domain/index.js'
import { formatVerifierKey, openCheckpoint } from '../../core/merkle/index.js'
import type { Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { latestCheckpoint, readLogKeys, type PublishedCheckpoint } from '../checkpoints/index.js'
import { LedgerError } from '../errors.js'
import { recordAct, type Operator } from '../operator-act.js'
import { inSearch } from '../search/ask.js'
import { querySql } from '../search/query-sql.js'
import { BUNDLE_TIMEOUT, provenEntries } from './proven-entries.js'

export interface BundleRequest {
  readonly query: Query
  /** As it was asked. */
  readonly text: string
  readonly operator: Operator
}

export type BundleOutcome =
  | { readonly outcome: 'unsigned' | 'nothing' }
  /** An entry matches that the newest checkpoint, of this size, does not cover yet. */
  | { readonly outcome: 'uncovered'; readonly seq: number; readonly size: number }
  | {
      readonly outcome: 'exported'
      readonly entries: number
      readonly size: number
      /** Of the entry that says that this was exported. */
      readonly seq: number
    }

/**
 * Writes what a query means as a bundle that needs no server to be checked. That it is exported is recorded before the
 * first line is written.
 * @throws SearchError `search.timeout`; LedgerError `unavailable`, `corrupt`
 */
export async function exportBundle(
  database: Database,
  request: BundleRequest,
  write: (text: string) => Promise<void>,
): Promise<BundleOutcome> {
  const checkpoint = await latestCheckpoint(database.pool)
  if (!checkpoint) return { outcome: 'unsigned' }
  const { size } = checkpoint
  const { covered, newest } = await countMatches(database, request.query, size)
  if (newest >= size) return { outcome: 'uncovered', seq: newest, size }
  if (covered === 0) return { outcome: 'nothing' }
  const key = await keyOf(database, checkpoint)
  const seq = await recordExport(database, request, { entries: covered, size })
  const digest = createHash('sha256')
  const line = async (text: string): Promise<void> => {
    digest.update(text)
    await write(text)
  }
  const asked_at = new Date(request.operator.now).toISOString()
  const { origin, note } = checkpoint
  await line(
    manifestLine({
      ...{ origin, key, checkpoint: note, size },
      ...{ query: request.text, asked_at, entries: covered },
    }),
  )
  let entries = 0
  for await (const entry of provenEntries(database, request.query, size)) {
    entries += 1
    await line(entryLine(entry))
  }
  if (entries !== covered) throw changed()
  await write(endLine({ entries, sha256: digest.digest('hex') }))
  return { outcome: 'exported', entries, size, seq }
}

async function countMatches(
  database: Database,
  query: Query,
  size: number,
): Promise<{ readonly covered: number; readonly newest: number }> {
  const [row] = await inSearch(database, BUNDLE_TIMEOUT, (ask) =>
    ask<{ covered: string; newest: string | null }>(sql`
      SELECT count(*) FILTER (WHERE e.seq < ${BigInt(size)}::bigint) AS covered, max(e.seq) AS newest
      FROM log_entry e WHERE ${querySql(query)}`),
  )
  return { covered: Number(row?.covered ?? 0), newest: Number(row?.newest ?? -1) }
}

/** Of all keys that the log had, the one that signed this checkpoint. */
async function keyOf({ pool }: Database, { note }: PublishedCheckpoint): Promise<string> {
  const keys = (await readLogKeys(pool)).map(({ key }) => key)
  const signed = openCheckpoint(note, keys).signatures[0]
  if (!signed) throw new LedgerError('corrupt', 'no key of the log signed its newest checkpoint')
  return formatVerifierKey(signed.key)
}

/** A query may name people, so its text is sealed. */
function recordExport(
  database: Database,
  { text, operator }: BundleRequest,
  labels: { readonly entries: number; readonly size: number },
): Promise<number> {
  return recordAct(database, operator, {
    action: 'audit.exported',
    targets: [],
    changes: [{ path: 'query', after: personal(text.slice(0, 4000)) }],
    labels,
  })
}

function changed(): LedgerError {
  return new LedgerError(
    'unavailable',
    'What the query means changed during the export: somebody was erased, texts were pruned, or an approval came. Export again.',
  )
}
