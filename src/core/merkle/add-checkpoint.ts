import { fromBase64, parseDecimal, toBase64 } from './bytes.js'
import { HASH_BYTES } from './hashes.js'
import { MerkleError } from './merkle-error.js'

/** As the specification limits it. */
const MAX_PROOF_LINES = 63

/** What a log sends to a witness. */
export interface AddCheckpointRequest {
  /** The size that the witness cosigned last, as far as the log knows. */
  readonly oldSize: number
  /** Consistency proof from there to the checkpoint. */
  readonly path: readonly Uint8Array[]
  /** Signed, byte for byte. */
  readonly checkpoint: string
}

/** @see https://c2sp.org/tlog-witness */
export function formatAddCheckpoint({ oldSize, path, checkpoint }: AddCheckpointRequest): string {
  const lines = [`old ${String(oldSize)}`, ...path.map(toBase64)]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** @throws MerkleError `merkle.request` */
export function parseAddCheckpoint(body: string): AddCheckpointRequest {
  const split = body.indexOf('\n\n')
  if (split < 0) throw malformed('has no empty line before its checkpoint')
  const [first = '', ...lines] = body.slice(0, split).split('\n')
  const oldSize = parseDecimal(/^old (.*)$/.exec(first)?.[1] ?? '')
  if (oldSize === undefined) throw malformed('does not begin with the old size')
  if (lines.length > MAX_PROOF_LINES) throw malformed('has more than 63 proof lines')
  const path = lines.map((line) => {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_BYTES)
      throw malformed('has a proof line that is not a hash in base64')
    return hash
  })
  return { oldSize, path, checkpoint: body.slice(split + 2) }
}

function malformed(what: string): MerkleError {
  return new MerkleError('merkle.request', `the request ${what}`)
}
