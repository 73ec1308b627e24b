import {
  checkConsistency,
  cosign,
  formatSignature,
  MerkleError,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  toBase64,
  verifyNote,
  type AddCheckpointRequest,
  type Checkpoint,
  type SignedNote,
  type VerifierKey,
} from '../../core/merkle/index.js'
import type { WitnessedTree } from './witness-state.js'

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: string
  readonly body: string
}

export interface WitnessParts {
  /** Keys of the logs that are witnessed. */
  readonly logs: readonly VerifierKey[]
  readonly key: VerifierKey
  readonly sign: (message: Uint8Array) => Uint8Array
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** The answer, and what must be durable before it is given. */
export interface WitnessDecision {
  readonly answer: WitnessAnswer
  readonly tree: WitnessedTree | undefined
}

/** The last tree of each log, by origin. */
export type WitnessMemory = ReadonlyMap<string, WitnessedTree>

interface Request extends AddCheckpointRequest {
  readonly note: SignedNote
  readonly tree: Checkpoint
}

const TEXT = 'text/plain; charset=utf-8'

/**
 * What a witness answers to a checkpoint. It decides and changes nothing.
 * @see https://c2sp.org/tlog-witness
 */
export function answerCheckpoint(
  parts: WitnessParts,
  memory: WitnessMemory,
  body: string,
): WitnessDecision {
  const request = readRequest(body)
  if (typeof request === 'string') return refuse(400, request)
  const { note, tree } = request
  const last = memory.get(tree.origin)
  if (!last) return refuse(404, 'this log is not witnessed here')
  const keys = parts.logs.filter(({ name }) => name === tree.origin)
  if (!isSigned(note, keys)) return refuse(403, 'no signature of a key of this log')
  return refusalOf(last, request) ?? cosigned(parts, request)
}

function readRequest(body: string): Request | string {
  try {
    const request = parseAddCheckpoint(body)
    const note = parseNote(request.checkpoint)
    return { ...request, note, tree: parseCheckpoint(note.text) }
  } catch (error) {
    if (error instanceof MerkleError) return error.message
    throw error
  }
}

function isSigned(note: SignedNote, keys: readonly VerifierKey[]): boolean {
  try {
    return verifyNote(note, keys).length > 0
  } catch (error) {
    if (error instanceof MerkleError) return false
    throw error
  }
}

/** In the order of the specification. */
function refusalOf(
  last: WitnessedTree,
  { oldSize, path, tree }: Request,
): WitnessDecision | undefined {
  if (oldSize > tree.size) return refuse(400, 'the old size is larger than the new one')
  if (oldSize !== last.size) return conflict(last.size)
  if (oldSize === tree.size && last.root !== toBase64(tree.root)) return conflict(last.size)
  const old = { size: oldSize, root: Buffer.from(last.root, 'base64') }
  if (!checkConsistency(old, tree, path)) return refuse(422, 'the consistency proof does not hold')
  return undefined
}

function cosigned({ key, sign, clock }: WitnessParts, { note, tree }: Request): WitnessDecision {
  const seconds = Math.floor(clock() / 1000)
  const line = formatSignature(key, cosign(note.text, seconds, sign))
  const { origin, size, root } = tree
  return {
    answer: { status: 200, type: TEXT, body: `${line}\n` },
    tree: { origin, size, root: toBase64(root) },
  }
}

function refuse(status: WitnessAnswer['status'], reason: string): WitnessDecision {
  return { answer: { status, type: TEXT, body: `${reason}\n` }, tree: undefined }
}

function conflict(size: number): WitnessDecision {
  const answer = { status: 409, type: 'text/x.tlog.size', body: `${String(size)}\n` } as const
  return { answer, tree: undefined }
}
