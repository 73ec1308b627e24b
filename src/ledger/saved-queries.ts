import { personal, type EntryDraft, type Principal } from '../core/domain/index.js'
import type { SavedQuery } from '../core/search/index.js'
import type { Database } from '../platform/index.js'
import type { Appender } from './append-entries.js'
import { LedgerError } from './errors.js'

/** Whose act it is, where, and when. */
export interface SavingAct {
  /** Host of the log, part of every key. */
  readonly host: string
  /** The login that the person gave; without one nobody is named. */
  readonly login: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Every saved query, by organisation and name. @throws LedgerError `unavailable` */
export async function savedQueries({ prisma }: Database): Promise<SavedQuery[]> {
  try {
    const rows = await prisma.savedQuery.findMany({
      orderBy: [{ organisation: 'asc' }, { name: 'asc' }],
    })
    return rows.map(({ organisation, name, query }) => ({ organisation, name, text: query }))
  } catch (cause) {
    throw new LedgerError('unavailable', 'saved queries could not be read', { cause })
  }
}

/**
 * Saves a query, in the place of one of the same name. The entry is written first: what is not in the log did not happen.
 * @returns the number of the entry; nothing where the query is saved already as it is
 */
export async function saveQuery(
  database: Database,
  appender: Appender,
  saved: SavedQuery,
  act: SavingAct,
): Promise<number | undefined> {
  const { organisation, name, text: query } = saved
  const key = { organisation_name: { organisation, name } }
  const before = await database.prisma.savedQuery.findUnique({ where: key })
  if (before?.query === query) return undefined
  const seq = await record(appender, act, { saved, before: before?.query, after: query })
  const row = { query, seq: BigInt(seq), updatedAt: new Date(act.now) }
  await database.prisma.savedQuery.upsert({
    where: key,
    create: { organisation, name, ...row },
    update: row,
  })
  return seq
}

/** Removes a saved query; entries keep what it was. @returns the number of the entry */
export async function removeQuery(
  database: Database,
  appender: Appender,
  saved: SavedQuery,
  act: SavingAct,
): Promise<number> {
  const { organisation, name } = saved
  const seq = await record(appender, act, { saved, before: saved.text, after: undefined })
  await database.prisma.savedQuery.deleteMany({ where: { organisation, name } })
  return seq
}

interface Change {
  readonly saved: SavedQuery
  readonly before: string | undefined
  readonly after: string | undefined
}

async function record(
  appender: Appender,
  { host, login, now }: SavingAct,
  { saved, before, after }: Change,
): Promise<number> {
  const action = actionOf(before, after)
  const id = `${saved.organisation}/${saved.name}`
  const receipt = await appender.append({
    delivery: {
      host,
      guid: `${action}:${id}:${String(now)}`,
      event: action,
      kind: 'internal',
      payload: {},
      body: new Uint8Array(),
      headers: {},
      receivedAt: now,
    },
    drafts: [draftOf(action, { id, name: saved.name, before, after, login, now })],
  })
  return receipt.firstSeq
}

function actionOf(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return 'saved_query.deleted'
  return before === undefined ? 'saved_query.created' : 'saved_query.updated'
}

interface Recorded extends Omit<Change, 'saved'> {
  readonly id: string
  readonly name: string
  readonly login: string | undefined
  readonly now: number
}

/** A query may name people, so its text is sealed. */
function draftOf(action: string, { id, name, before, after, login, now }: Recorded): EntryDraft {
  const actor: Principal = login === undefined ? { type: 'unknown' } : { type: 'user', login }
  const sealed = (text: string | undefined) => (text === undefined ? undefined : personal(text))
  return {
    occurred_at: new Date(now).toISOString(),
    action,
    outcome: 'success',
    actor,
    attribution:
      login === undefined
        ? { confidence: 'unknown', method: 'a command without HOOKTRAIL_LOGIN' }
        : { confidence: 'derived', method: 'HOOKTRAIL_LOGIN of the command' },
    targets: [{ type: 'saved_query', id, name }],
    changes: [{ path: 'query', before: sealed(before), after: sealed(after) }],
  }
}
