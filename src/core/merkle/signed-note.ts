import { concat, fromBase64, sameBytes, toBase64, utf8 } from './bytes.js'
import { MerkleError } from './merkle-error.js'
import { checkSignature } from './signatures.js'
import { isKeyName, type VerifierKey } from './verifier-key.js'

/** Limits for foreign notes: far above what logs and witnesses write, far below what could hurt. */
const MAX_NOTE_LENGTH = 1_000_000
const MAX_SIGNATURES = 100
const KEY_ID_BYTES = 4
const LINE_START = '— '

/** One signature line. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: Uint8Array
  /** What follows the key id. */
  readonly payload: Uint8Array
  /** As it stands in the note, without the newline. */
  readonly line: string
}

/** A note that was read and not verified. */
export interface SignedNote {
  /** What is signed, its last newline included. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A signature that a trusted key made over the note's text. */
export interface VerifiedSignature {
  readonly key: VerifierKey
  /** Of a cosignature: seconds since 1970, as the cosigner says. */
  readonly timestamp: number | undefined
  readonly line: string
}

/**
 * Reads a note; verifies nothing.
 * @throws MerkleError `merkle.note`
 * @see https://c2sp.org/signed-note
 */
export function parseNote(note: string): SignedNote {
  if (note.length > MAX_NOTE_LENGTH) throw malformed('is too long')
  if (!note.isWellFormed() || /[\u0000-\u0009\u000B-\u001F]/.test(note)) {
    throw malformed('has control characters in it, or is not Unicode')
  }
  const split = note.lastIndexOf('\n\n')
  if (split < 1) throw malformed('has no empty line before its signatures')
  const text = note.slice(0, split + 1)
  return { text, signatures: parseSignatures(note.slice(split + 2)) }
}

/**
 * Reads signature lines, as they end a note or as a witness answers them.
 * @throws MerkleError `merkle.note`
 */
export function parseSignatures(block: string): NoteSignature[] {
  if (!block.endsWith('\n')) throw malformed('does not end with a signature line')
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformed('has too many signatures')
  return lines.map(parseLine)
}

function parseLine(line: string): NoteSignature {
  const [name = '', base64 = '', ...rest] = line.startsWith(LINE_START)
    ? line.slice(LINE_START.length).split(' ')
    : []
  const bytes = fromBase64(base64)
  if (!isKeyName(name) || rest.length > 0 || !bytes || bytes.length <= KEY_ID_BYTES) {
    throw malformed('has a signature line that cannot be read')
  }
  return { name, keyId: bytes.slice(0, KEY_ID_BYTES), payload: bytes.slice(KEY_ID_BYTES), line }
}

/**
 * The signatures of trusted keys, each of them verified; lines of other keys are ignored. Empty if none of the keys
 * signed: whether that is enough is for the caller, or a policy, to say.
 * @throws MerkleError `merkle.signature` if a line bears the name and id of a trusted key and does not verify
 */
export function verifyNote(
  { text, signatures }: SignedNote,
  keys: readonly VerifierKey[],
): VerifiedSignature[] {
  return signatures.flatMap(({ name, keyId, payload, line }) => {
    const key = keys.find((one) => one.name === name && sameBytes(one.keyId, keyId))
    if (!key) return []
    const verdict = checkSignature(key, text, payload)
    if (verdict === 'unsupported') return []
    if (verdict) return [{ key, timestamp: verdict.timestamp, line }]
    throw new MerkleError('merkle.signature', `the signature of ${name} does not verify`)
  })
}

/** A text and its signature lines as one note. */
export function formatNote(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.map((line) => `${line}\n`).join('')}`
}

/** One signature line. `payload` is the signature, of a cosignature with its time in front. */
export function formatSignature({ name, keyId }: VerifierKey, payload: Uint8Array): string {
  return `${LINE_START}${name} ${toBase64(concat([keyId, payload]))}`
}

/** Makes a signature line over a text. `sign` is Ed25519 with the key's private half. */
export function signNote(
  key: VerifierKey,
  text: string,
  sign: (message: Uint8Array) => Uint8Array,
): string {
  return formatSignature(key, sign(utf8(text)))
}

function malformed(what: string): MerkleError {
  return new MerkleError('merkle.note', `the note ${what}`)
}
