import type { ClientBase } from 'pg'

import {
  cosignedText,
  MerkleError,
  parseNote,
  parseSignatures,
  SIGNATURE_TYPES,
  type NoteSignature,
  type VerifierKey,
} from '../../core/merkle/index.js'
import { witnessId } from '../checkpoints/cosignatures.js'
import type { Sizes } from './check-checkpoints.js'
import { isSigned } from './is-signed.js'
import type { Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

interface CosignatureRow {
  readonly size: string
  readonly witness: string
  readonly time: string
  readonly line: string
  readonly note: string | null
}

const COSIGNATURES = `
  SELECT s.size, witness, time, line, note FROM log_cosignature s LEFT JOIN log_checkpoint c USING (size)
  WHERE s.size > $1 AND s.size <= $2`

/** Eight bytes of time in front of the signature. */
const TIME_BYTES = 8

export interface CosignatureCounts {
  readonly cosignatures: number
  /** Of witnesses whose key is not known: only that the row agrees with itself was checked. */
  readonly unknownWitnesses: number
}

/** Checks what witnesses said of the checkpoints of these sizes, with the keys that are known. */
export async function checkCosignatures(
  connection: Connection,
  { after, upTo }: Sizes,
  witnesses: readonly VerifierKey[],
  complain: Complain,
): Promise<CosignatureCounts> {
  const { rows } = await connection.query<CosignatureRow>(COSIGNATURES, [after, upTo])
  const keys = new Map(witnesses.map((key) => [witnessId(key), key]))
  let unknownWitnesses = 0
  for (const row of rows) {
    const key = keys.get(row.witness)
    const isKnown = key?.type === SIGNATURE_TYPES.cosignature
    if (!isKnown) unknownWitnesses += 1
    const what = faultOf(row, isKnown ? key : undefined)
    if (what === undefined) continue
    const name = `the cosignature of ${row.witness} at ${row.time} over ${row.size} entries`
    complain({ where: 'log_cosignature', what: `${name} ${what}` })
  }
  return { cosignatures: rows.length - unknownWitnesses, unknownWitnesses }
}

function faultOf(row: CosignatureRow, key: VerifierKey | undefined): string | undefined {
  const signature = readLine(row.line)
  if (!signature) return 'is not a line that can be read'
  const { payload } = signature
  if (witnessId(signature) !== row.witness) return 'names another witness in its line'
  if (payload.length <= TIME_BYTES || timeOf(payload) !== row.time) {
    return 'tells another time in its line'
  }
  if (row.note === null) return 'is over a checkpoint that is not there'
  if (!key) return undefined
  const text = cosignedText(Number(row.time), textOf(row.note))
  return isSigned(key, text, payload.subarray(TIME_BYTES)) ? undefined : 'does not verify'
}

function readLine(line: string): NoteSignature | undefined {
  try {
    const [signature, ...more] = parseSignatures(`${line}\n`)
    return more.length === 0 ? signature : undefined
  } catch (error) {
    if (error instanceof MerkleError) return undefined
    throw error
  }
}

function timeOf(payload: Uint8Array): string {
  return String(new DataView(payload.buffer, payload.byteOffset).getBigUint64(0))
}

/** Of a note that cannot be read nothing was cosigned; that it cannot is told where checkpoints are checked. */
function textOf(note: string): string {
  try {
    return parseNote(note).text
  } catch (error) {
    if (error instanceof MerkleError) return ''
    throw error
  }
}
