import { fromBase64, parseDecimal, toBase64 } from './bytes.js'
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js'
import { HASH_BYTES } from './hashes.js'
import { checkInclusion } from './inclusion-proof.js'
import { MerkleError } from './merkle-error.js'
import { logKeys, requireQuorum, witnessKeys, type TrustPolicy } from './policy.js'

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'
/** More hashes than any tree below 2^64 leaves needs. */
const MAX_HASHES = 64

/** That an entry is in a log, for somebody who has neither log nor network: what a `.tlog-proof` file holds. */
export interface ProofFile {
  readonly index: number
  /** The leaf's sibling first. */
  readonly path: readonly Uint8Array[]
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: string
  /** For the application; nothing vouches for it. */
  readonly extra?: Uint8Array | undefined
}

/** @see https://c2sp.org/tlog-proof */
export function formatProofFile({ index, path, checkpoint, extra }: ProofFile): string {
  const lines = [
    FIRST_LINE,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${String(index)}`,
    ...path.map(toBase64),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/**
 * Reads a proof; verifies nothing.
 * @throws MerkleError `merkle.proof`
 */
export function parseProofFile(text: string): ProofFile {
  const split = text.indexOf('\n\n')
  if (split < 0) throw malformed('has no empty line before its checkpoint')
  const [first, ...lines] = text.slice(0, split).split('\n')
  if (first !== FIRST_LINE) throw malformed(`does not begin with ${FIRST_LINE}`)
  const extra = lines[0]?.startsWith('extra ') ? readBase64(lines.shift()?.slice(6)) : undefined
  const index = readIndex(lines.shift())
  if (lines.length > MAX_HASHES) throw malformed('has too many hashes')
  const path = lines.map(readHash)
  return { index, path, checkpoint: text.slice(split + 2), extra }
}

function readIndex(line = ''): number {
  const index = parseDecimal(/^index (.*)$/.exec(line)?.[1] ?? '')
  if (index === undefined) throw malformed('has no index')
  return index
}

function readBase64(text = ''): Uint8Array {
  const bytes = fromBase64(text)
  if (!bytes) throw malformed('has a line that is not base64')
  return bytes
}

function readHash(line: string): Uint8Array {
  const hash = readBase64(line)
  if (hash.length !== HASH_BYTES) throw malformed('has a line that is not a hash in base64')
  return hash
}

/**
 * Checks a proof for a leaf against what the reader trusts: the log's signature, the quorum of witnesses, the path.
 * @returns the checkpoint that holds, with its signatures
 * @throws MerkleError, which says what does not hold
 */
export function checkProofFile(
  proof: ProofFile,
  leafHash: Uint8Array,
  policy: TrustPolicy,
): OpenedCheckpoint {
  const keys = [...logKeys(policy), ...witnessKeys(policy)]
  const checkpoint = openCheckpoint(proof.checkpoint, keys)
  requireQuorum(policy, checkpoint.signatures)
  const { size, root } = checkpoint
  if (!checkInclusion({ leafHash, index: proof.index, size, root }, proof.path)) {
    throw new MerkleError(
      'merkle.proof',
      'the proof does not lead from this entry to the checkpoint’s root',
    )
  }
  return checkpoint
}

function malformed(what: string): MerkleError {
  return new MerkleError('merkle.proof', `the proof ${what}`)
}
