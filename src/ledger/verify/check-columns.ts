import type { JsonObject } from '../../core/domain/index.js'
import { ByteWriter } from '../byte-writer.js'
import { leafColumns, type LeafColumns } from '../leaf-columns.js'
import type { Complain } from './report.js'

type Name = keyof LeafColumns

/** An empty leaf has every column. */
const NAMES = Object.keys(leafColumns({})) as Name[]

/** The columns of log_entry, in the order in which `checkColumns` takes them. */
export const COLUMNS: readonly string[] = NAMES

/** What is no text. */
const KINDS: Partial<Record<Name, (value: never) => void>> = {
  id: writeUuid,
  actor: writeUuid,
  via: writeUuid,
  occurred_at: writeTime,
  recorded_at: writeTime,
  severity: writeInt2,
  repo_id: writeInt8,
  run_id: writeInt8,
  run_attempt: writeInt4,
  flags: writeTexts,
}
const WRITERS = NAMES.map((name) => ({ name, write: KINDS[name] ?? writeText }))

/**
 * Compares what log_entry repeats of a leaf with what it should be, byte for byte as COPY writes it: the whole row at once, as
 * hardly any differs.
 * @param at where the columns begin
 */
export function checkColumns(
  { seq, leaf }: { readonly seq: number; readonly leaf: JsonObject },
  bytes: Buffer,
  at: number,
  complain: Complain,
): void {
  const expected = leafColumns(leaf)
  writer.restart()
  for (const { name, write } of WRITERS) writeField(expected[name], write)
  if (writer.isAt(bytes, at)) return
  let place = at
  for (const { name, write } of WRITERS) {
    writer.restart()
    writeField(expected[name], write)
    if (!writer.isAt(bytes, place)) {
      complain({ seq, where: 'log_entry', what: `column ${name} differs from the leaf` })
    }
    place += 4 + Math.max(0, bytes.readInt32BE(place))
  }
}

/** Nothing else runs while a row is compared. */
const writer = new ByteWriter()

function writeField(value: LeafColumns[Name], write: (value: never) => void): void {
  if (value === null) writer.int32(NULL)
  else write(value as never)
}

const NULL = -1

function writeInt2(value: number): void {
  writer.int32(2)
  writer.int16(value)
}

function writeInt4(value: number): void {
  writer.int32(4)
  writer.int32(value)
}

function writeInt8(value: number): void {
  writer.int32(8)
  writer.int64(value)
}

function writeText(value: string): void {
  const at = writer.openLength()
  writer.text(value)
  writer.closeLength(at)
}

/** What is none has another length then, and equals nothing. */
function writeUuid(value: string): void {
  const at = writer.openLength()
  writer.hex(value.replaceAll('-', ''))
  writer.closeLength(at)
}

/** PostgreSQL counts microseconds from the beginning of the year 2000. */
const EPOCH_MS = Date.UTC(2000, 0)

function writeTime(value: string): void {
  const time = Date.parse(value)
  if (Number.isNaN(time)) writer.int32(NULL)
  else writeInt8((time - EPOCH_MS) * 1000)
}

const TEXT_OID = 25

/** @see array_send in PostgreSQL's arrayfuncs.c */
function writeTexts(values: readonly string[]): void {
  const at = writer.openLength()
  const [hasNulls, lowerBound] = [0, 1]
  writer.int32(values.length === 0 ? 0 : 1)
  writer.int32(hasNulls)
  writer.int32(TEXT_OID)
  if (values.length > 0) {
    writer.int32(values.length)
    writer.int32(lowerBound)
  }
  for (const value of values) writeText(value)
  writer.closeLength(at)
}
