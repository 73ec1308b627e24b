import { randomUUID } from 'node:crypto'

import type { Attribution, EntryDraft, Principal } from '../core/domain/index.js'
import { personal } from '../core/domain/index.js'
import type { Frontier } from '../core/merkle/index.js'
import type { Database } from '../platform/index.js'
import { buildBatch } from './build-batch.js'
import { callLogAppend, inTransaction, lockLog, type Connection } from './log-connection.js'
import { sealDelivery, type AppendRequest } from './seal-delivery.js'
import { SubjectDirectory } from './subjects.js'

/** Who does something to the log by hand, why, and when (ms since 1970). */
export interface Operator {
  /** As the person or the system account is called; `undefined` is Hooktrail itself, by its schedule. */
  readonly name: string | undefined
  readonly reason: string | undefined
  readonly now: number
  /** The id of the token of the API that it was done with; `name` is the token's then. */
  readonly token?: string | undefined
}

/** What is done to the log, as its entry says it. */
export type Act = Pick<EntryDraft, 'action' | 'targets'> &
  Partial<Pick<EntryDraft, 'changes' | 'labels' | 'repo' | 'outcome' | 'severity'>>

/** Operators are no accounts of GitHub's, and what witnesses do is of no repository: they are of a host of their own. */
export const HOST = 'hooktrail'

/** A place in the transaction of an act at which nothing else is appended: the log is locked. */
export interface ActMoment {
  readonly connection: Connection
  /** Appends the act's entry, which must be its only one; returns the entry's number. */
  readonly append: (act: Act) => Promise<number>
}

/**
 * Does something to the log and records it, in one transaction: both happen or neither does.
 * `before` is work that needs no lock, so that appends wait only for what follows.
 */
export async function asAct<T>(
  database: Database,
  operator: Operator,
  steps: {
    readonly before?: (connection: Connection) => Promise<void>
    readonly work: (moment: ActMoment) => Promise<T>
  },
): Promise<T> {
  const subjects = new SubjectDirectory(database)
  await subjects.learn(
    HOST,
    [draftOf({ action: '', targets: [] }, operator)],
    new Date(operator.now),
  )
  return inTransaction(database, async (connection) => {
    await steps.before?.(connection)
    const base = await lockLog(connection)
    const append = async (act: Act): Promise<number> => {
      const request = requestOf(draftOf(act, operator), operator.now)
      return appendTo(connection, base, { request, subjects, now: operator.now })
    }
    return steps.work({ connection, append })
  })
}

/** Records what changes nothing, such as an export. Returns the entry's number. */
export function recordAct(database: Database, operator: Operator, act: Act): Promise<number> {
  return asAct(database, operator, { work: ({ append }) => append(act) })
}

async function appendTo(
  connection: Connection,
  base: Frontier,
  {
    request,
    subjects,
    now,
  }: {
    readonly request: AppendRequest
    readonly subjects: SubjectDirectory
    readonly now: number
  },
): Promise<number> {
  await callLogAppend(connection, buildBatch([sealDelivery(request, subjects, now)], base))
  return base.size
}

function actorOf({ name, token }: Operator): Principal {
  if (name === undefined) return { type: 'system', login: 'hooktrail' }
  const login = name.slice(0, 200)
  return token === undefined ? { type: 'user', login } : { type: 'token', id: token, login }
}

function attributionOf({ name, token }: Operator): Attribution {
  if (token !== undefined) return { confidence: 'verified', method: 'the token that was sent' }
  if (name === undefined) return { confidence: 'verified', method: 'stated by Hooktrail' }
  const method = 'the name that the command was given, or its system account'
  return { confidence: 'derived', method }
}

function draftOf(act: Act, operator: Operator): EntryDraft {
  const { reason, now } = operator
  return {
    outcome: 'success',
    occurred_at: new Date(now).toISOString(),
    actor: actorOf(operator),
    attribution: attributionOf(operator),
    reason: reason === undefined ? undefined : personal(reason.slice(0, 2000)),
    ...act,
  }
}

function requestOf(draft: EntryDraft, now: number): AppendRequest {
  return {
    delivery: {
      host: HOST,
      guid: `act:${randomUUID()}`,
      event: draft.action,
      kind: 'internal',
      payload: {},
      body: new Uint8Array(),
      headers: {},
      receivedAt: now,
    },
    drafts: [draft],
  }
}
