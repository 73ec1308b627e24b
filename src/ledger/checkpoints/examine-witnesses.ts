import type { TrustPolicy } from '../../core/merkle/index.js'
import type { Database, LogSettings } from '../../platform/index.js'
import { lastCosignature, type Cosignature } from './cosignatures.js'
import { postToWitness } from './post-to-witness.js'
import { isCosigned } from './publish-checkpoint.js'
import { pushCheckpoint, type PushResult, type Witness } from './push-checkpoint.js'
import { newestSigned, publishedSize } from './read-checkpoint.js'
import { tileReader } from './read-tiles.js'
import { readWitnessPolicy, witnessesOf } from './witness-policy.js'

/** How a witness is, at this moment. */
export interface ExaminedWitness {
  /** As its key is named. */
  readonly name: string
  readonly url: string
  /** What it made of the newest checkpoint; `undefined` as long as there is none for it. */
  readonly result: PushResult | undefined
  /** What the system said where it could not be reached. */
  readonly trouble: string | undefined
  /** What it cosigned last that was kept. */
  readonly last: Omit<Cosignature, 'line'> | undefined
}

export interface ExaminedWitnesses {
  readonly witnesses: readonly ExaminedWitness[]
  /** The quorum's name in the policy; `undefined` for none. */
  readonly quorum: string | undefined
  /** The newest checkpoint that was signed, and whether the quorum has cosigned it. */
  readonly newest:
    | {
        readonly size: number
        /** When the oldest checkpoint was signed that nothing which is shown covers: a log that grows always has a new one. */
        readonly waitingSince: number
        readonly cosigned: boolean
      }
    | undefined
  /** How many entries are shown. */
  readonly shown: number
}

type Connected = Pick<Database, 'pool'>

/**
 * Asks each witness of the settings for a cosignature of the newest checkpoint, as the server does; nothing is kept.
 * `undefined` where no policy is set.
 * @throws SigningError `signing.witnesses`
 */
export async function examineWitnesses(
  database: Connected,
  settings: LogSettings,
  now: number,
): Promise<ExaminedWitnesses | undefined> {
  const policy = await readWitnessPolicy(settings)
  if (!policy) return undefined
  const witnesses = witnessesOf(policy)
  const { pool } = database
  return {
    witnesses: await Promise.all(witnesses.map((one) => examine(database, one, now))),
    quorum: policy.quorum,
    newest: await readNewest(database, policy),
    shown: await publishedSize(pool),
  }
}

async function examine(
  { pool }: Connected,
  witness: Witness,
  now: number,
): Promise<ExaminedWitness> {
  const { name } = witness.key
  const { url } = witness
  const newest = await newestSigned(pool)
  const last = await lastCosignature(pool, witness.key)
  if (!newest || newest.size === 0) {
    return { name, url, last, result: undefined, trouble: undefined }
  }
  let trouble: string | undefined
  const send = postToWitness(new AbortController().signal)
  const result = await pushCheckpoint({
    witness,
    note: newest.note,
    cosignedSize: last?.size ?? 0,
    readTiles: tileReader(pool),
    post: (to, body) =>
      send(to, body).catch((error: unknown) => {
        trouble = reasonOf(error)
        throw error
      }),
    now,
  })
  return { name, url, last, result, trouble }
}

/** fetch says why in the cause. */
function reasonOf(error: unknown): string {
  return messageIn(property(error, 'cause')) ?? messageIn(error) ?? String(error)
}

/** Without instanceof: fetch makes its errors where another Error may be. An AggregateError has no message but a code. */
function messageIn(error: unknown): string | undefined {
  for (const name of ['message', 'code']) {
    const text = property(error, name)
    if (typeof text === 'string' && text !== '') return text
  }
  return undefined
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

const OLDEST_WAITING = `SELECT signed_at FROM log_checkpoint
  WHERE size > coalesce((SELECT max(size) FROM log_publication), -1) ORDER BY size LIMIT 1`

async function readNewest(
  { pool }: Connected,
  policy: TrustPolicy,
): Promise<ExaminedWitnesses['newest']> {
  const newest = await newestSigned(pool)
  if (!newest) return undefined
  const { size, signedAt } = newest
  const { rows } = await pool.query<{ signed_at: Date }>(OLDEST_WAITING)
  const waitingSince = rows[0]?.signed_at.getTime() ?? signedAt
  return { size, waitingSince, cosigned: await isCosigned(pool, policy, newest) }
}
