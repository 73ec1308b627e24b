import { fromBase64, parseDecimal, toBase64 } from './bytes.js'
import type { TreeHead } from './consistency-proof.js'
import { HASH_BYTES } from './hashes.js'
import { MerkleError } from './merkle-error.js'
import { parseNote, verifyNote, type SignedNote, type VerifiedSignature } from './signed-note.js'
import { SIGNATURE_TYPES, type VerifierKey } from './verifier-key.js'

/** What a log states about itself: this many leaves, this root. */
export interface Checkpoint extends TreeHead {
  /** Which log: its URL without scheme and without a slash at the end. */
  readonly origin: string
}

/** The text that is signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${String(size)}\n${toBase64(root)}\n`
}

/**
 * Reads the text of a checkpoint, as it stands in a note. Extension lines are let through and say nothing.
 * @throws MerkleError `merkle.checkpoint`
 * @see https://c2sp.org/tlog-checkpoint
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) {
    throw malformed('is not three lines or more, each ended by a newline')
  }
  const [origin = '', sizeLine = '', rootLine = ''] = lines
  const size = parseDecimal(sizeLine)
  if (size === undefined) throw malformed('has a second line that is not a size')
  const root = fromBase64(rootLine)
  if (root?.length !== HASH_BYTES) throw malformed('has a third line that is not a hash in base64')
  return { origin, size, root }
}

/** A checkpoint whose signatures were looked at. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly note: SignedNote
  /** Of trusted keys only, in the order of the note: the log's under its origin, and cosignatures. */
  readonly signatures: readonly VerifiedSignature[]
}

/**
 * Reads a signed checkpoint and requires that the log itself signed it: one of the keys, named as its origin.
 * @param keys of logs and of cosigners that are trusted
 * @throws MerkleError `merkle.note`, `merkle.checkpoint`, `merkle.signature`
 */
export function openCheckpoint(note: string, keys: readonly VerifierKey[]): OpenedCheckpoint {
  const parsed = parseNote(note)
  const checkpoint = parseCheckpoint(parsed.text)
  const signatures = verifyNote(parsed, keys)
  if (!logSignature({ ...checkpoint, signatures })) {
    throw new MerkleError(
      'merkle.signature',
      'the checkpoint is not signed by a trusted key of the log that it names',
    )
  }
  return { ...checkpoint, note: parsed, signatures }
}

/** Among the signatures of trusted keys, that of the log which the checkpoint names. */
export function logSignature({
  origin,
  signatures,
}: Pick<OpenedCheckpoint, 'origin' | 'signatures'>): VerifiedSignature | undefined {
  return signatures.find(({ key }) => isLogKey(key) && key.name === origin)
}

/** Whether a key signs checkpoints as a log, and not as a witness. */
function isLogKey({ type }: VerifierKey): boolean {
  return type === SIGNATURE_TYPES.ed25519
}

function malformed(what: string): MerkleError {
  return new MerkleError('merkle.checkpoint', `the checkpoint ${what}`)
}
