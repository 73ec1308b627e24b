import {
  formatAddCheckpoint,
  MerkleError,
  parseCheckpoint,
  parseDecimal,
  parseNote,
  parseSignatures,
  proveConsistency,
  verifyNote,
  type ReadTiles,
  type VerifierKey,
} from '../../core/merkle/index.js'

/** A witness that checkpoints are pushed to. */
export interface Witness {
  readonly key: VerifierKey
  /** Its submission prefix, without a slash at the end. */
  readonly url: string
}

interface WitnessReply {
  readonly status: number
  readonly text: string
}

/** Sends a request to a witness. Rejects when nothing is answered, too much, or too late. */
export type PostToWitness = (url: string, body: string) => Promise<WitnessReply>

/** What a witness made of a checkpoint. Foreign text is in none of it but the line, which was verified. */
export type PushResult =
  | { readonly outcome: 'cosigned'; readonly line: string; readonly time: number }
  /** It says that it knows a larger tree than this one. */
  | { readonly outcome: 'ahead'; readonly size: number }
  /** It is down, refuses, or answers something that does not verify. */
  | { readonly outcome: 'failed'; readonly reason: string }

export interface Push {
  readonly witness: Witness
  /** Signed, without cosignatures. */
  readonly note: string
  /** The largest tree that the witness cosigned, as far as we know; it must not have forgotten it. */
  readonly cosignedSize: number
  readonly readTiles: ReadTiles
  readonly post: PostToWitness
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Each answer of 409 tells where the witness is; one that is never content is not asked for ever. */
const TRIES = 3
/** How far a witness's clock may be from ours, in seconds. */
const CLOCK_TOLERANCE = 3600

/** Each refusal in the words of whoever has to mend it. */
const REFUSALS: ReadonlyMap<number, string> = new Map([
  [403, 'does not know the key that signs this log (403): give it hooktrail log key'],
  [404, 'does not witness this log, or its URL is wrong (404)'],
  [422, 'says that the log does not contain the tree that it cosigned before (422)'],
])

/**
 * Brings a checkpoint to a witness with a proof that the tree grew from what the witness knows, and verifies what it
 * answers before anybody relies on it. Never throws for what the witness does.
 * @see https://c2sp.org/tlog-witness
 */
export async function pushCheckpoint(push: Push): Promise<PushResult> {
  const { size } = parseCheckpoint(parseNote(push.note).text)
  let oldSize = Math.min(push.cosignedSize, size)
  for (let turn = 0; turn < TRIES; turn += 1) {
    const reply = await ask(push, oldSize, size)
    if (reply === undefined) return failed('cannot be reached, or does not answer as a witness')
    if (reply.status === 200) return readCosignature(push, reply.text)
    if (reply.status !== 409) return refused(reply.status)
    const known = parseDecimal(reply.text.trimEnd())
    if (known === undefined) return failed('answers 409 without the size that it knows')
    if (known > size) return { outcome: 'ahead', size: known }
    if (known < push.cosignedSize) return forgotten(known, push.cosignedSize)
    if (known === oldSize) return contradicted(known)
    oldSize = known
  }
  return failed('never agrees about the size that it knows')
}

async function ask(
  { witness, note, readTiles, post }: Push,
  oldSize: number,
  size: number,
): Promise<WitnessReply | undefined> {
  const path = await proveConsistency(oldSize, size, readTiles)
  const body = formatAddCheckpoint({ oldSize, path, checkpoint: note })
  return post(`${witness.url}/add-checkpoint`, body).catch(() => undefined)
}

function readCosignature({ witness, note, now }: Push, answer: string): PushResult {
  try {
    const { text } = parseNote(note)
    const found = verifyNote({ text, signatures: parseSignatures(answer) }, [witness.key])
    for (const { timestamp, line } of found) {
      if (timestamp === undefined) continue
      if (Math.abs(timestamp - now / 1000) > CLOCK_TOLERANCE) {
        return failed('cosigns with a time that is more than an hour from ours')
      }
      return { outcome: 'cosigned', line, time: timestamp }
    }
    return failed('answers without a cosignature of its key')
  } catch (error) {
    if (!(error instanceof MerkleError)) throw error
    return failed('answers a cosignature that does not verify')
  }
}

/** A witness that lost its memory could be shown another history: what it says from now on is worth nothing. */
function forgotten(known: number, cosigned: number): PushResult {
  return failed(
    `has forgotten what it cosigned: it knows ${String(known)} entries and cosigned ${String(cosigned)}`,
  )
}

function contradicted(size: number): PushResult {
  return failed(`says that it knows another tree of ${String(size)} entries (409)`)
}

function refused(status: number): PushResult {
  return failed(REFUSALS.get(status) ?? `answers ${String(status)}`)
}

function failed(reason: string): PushResult {
  return { outcome: 'failed', reason }
}
