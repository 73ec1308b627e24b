import { ByteWriter } from './byte-writer.js'

/**
 * How a column's value is written, and the type's OID; those of built-in types never change.
 * Times are RFC 3339 texts, `jsonb` is text, and so is `uuid`. `null` and `undefined` are NULL.
 */
const TYPES = {
  int2: { oid: 21, write: writeInt2 },
  int4: { oid: 23, write: writeInt4 },
  int8: { oid: 20, write: writeInt8 },
  text: { oid: 25, write: writeText },
  bytea: { oid: 17, write: writeBytes },
  uuid: { oid: 2950, write: writeUuid },
  jsonb: { oid: 3802, write: writeJsonb },
  timestamptz: { oid: 1184, write: writeTime },
  textArray: { oid: 1009, write: writeTexts },
} as const

export type ColumnType = keyof typeof TYPES

/** The members of a composite type of PostgreSQL, in its order, and how each is written. */
export type RowType<Row> = readonly (readonly [name: keyof Row & string, type: ColumnType])[]

type Write = (writer: ByteWriter, value: never) => void

/**
 * Rows as one array of a composite type in PostgreSQL's binary format: the server reads a row in a few microseconds, where
 * the same as JSON took it fifty, and bytes travel as they are.
 * @see https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES (`array_recv`, `record_recv`)
 */
export function encodeRows<Row>(type: RowType<Row>, rows: readonly Row[]): Buffer {
  writer.restart()
  writeArrayHeader(writer, NAMED_BY_PARAMETER, rows.length)
  const columns = type.map(([name, column]) => ({ name, ...TYPES[column] }))
  for (const row of rows) {
    const at = writer.openLength()
    writer.int32(columns.length)
    for (const { name, oid, write } of columns) {
      writer.int32(oid)
      writeValue(writer, row[name], write)
    }
    writer.closeLength(at)
  }
  return writer.copy()
}

/** Nothing else runs while rows are written. */
const writer = new ByteWriter()

/** The server takes the type of our own rows from the parameter. */
const NAMED_BY_PARAMETER = 0

function writeArrayHeader(writer: ByteWriter, elementType: number, length: number): void {
  const hasNulls = 0
  const dimensions = length === 0 ? 0 : 1
  writer.int32(dimensions)
  writer.int32(hasNulls)
  writer.int32(elementType)
  if (length === 0) return
  writer.int32(length)
  const lowerBound = 1
  writer.int32(lowerBound)
}

const NULL = -1

function writeValue(writer: ByteWriter, value: unknown, write: Write): void {
  if (value === null || value === undefined) writer.int32(NULL)
  else write(writer, value as never)
}

function writeInt2(writer: ByteWriter, value: number): void {
  writer.int32(2)
  writer.int16(value)
}

function writeInt4(writer: ByteWriter, value: number): void {
  writer.int32(4)
  writer.int32(value)
}

function writeInt8(writer: ByteWriter, value: number): void {
  writer.int32(8)
  writer.int64(value)
}

function writeText(writer: ByteWriter, value: string): void {
  const at = writer.openLength()
  writer.text(value)
  writer.closeLength(at)
}

function writeBytes(writer: ByteWriter, value: Uint8Array): void {
  writer.int32(value.length)
  writer.raw(value)
}

function writeUuid(writer: ByteWriter, value: string): void {
  writer.int32(16)
  writer.hex(value.replaceAll('-', ''))
}

function writeJsonb(writer: ByteWriter, value: string): void {
  const version = 1
  const at = writer.openLength()
  writer.int8(version)
  writer.text(value)
  writer.closeLength(at)
}

/** PostgreSQL counts from the beginning of the year 2000, in microseconds. */
const EPOCH_MS = Date.UTC(2000, 0)

function writeTime(writer: ByteWriter, value: string): void {
  // Beyond 2^53 µs, in the year 2255, the product is rounded to less than a millisecond, to which the column rounds.
  writeInt8(writer, (Date.parse(value) - EPOCH_MS) * 1000)
}

function writeTexts(writer: ByteWriter, values: readonly string[]): void {
  const at = writer.openLength()
  writeArrayHeader(writer, TYPES.text.oid, values.length)
  for (const value of values) writeText(writer, value)
  writer.closeLength(at)
}
