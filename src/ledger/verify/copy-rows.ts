import type { Duplex } from 'node:stream'

import type { Client, Connection, Submittable } from 'pg'

/** The fields of one row in PostgreSQL's binary form; `null` for NULL. The bytes are valid until the next row. */
export type BinaryRow = readonly (Buffer | null)[]

/** Told of a row: its fields begin at `at`, each as its length in 32 bits (-1: NULL) and its bytes. Valid until it returns. */
export type OnFields = (bytes: Buffer, at: number) => void

type Querying = Pick<Client, 'query'>

/** `PGCOPY\n\xff\r\n\0`, flags, and the length of an extension that there is not. */
const HEADER_BYTES = 11 + 4 + 4

/**
 * Hands on the rows of a SELECT as bytes. pg reads rows as text, where a bytea is twice as long and is decoded twice;
 * COPY brings it as it is. It takes no parameters: the statement holds nothing but our own text and numbers.
 * @see https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-BINARY-FORMAT
 */
export async function copyRows(
  client: Querying,
  select: string,
  onRow: (row: BinaryRow) => void,
): Promise<void> {
  await copyFields(client, select, (bytes, at) => {
    onRow(readFields(bytes, at))
  })
}

/** The same, for those who read the fields themselves: an object for each costs more than most checks. */
export async function copyFields(
  client: Querying,
  select: string,
  onFields: OnFields,
): Promise<void> {
  const copy = new CopyOut(`COPY (${select}) TO STDOUT (FORMAT binary)`, onFields)
  client.query(copy)
  await copy.done
}

const COPY_DATA = 0x64
const COPY_OUT_RESPONSE = 0x48
/** Type and length of a message. */
const MESSAGE_HEADER = 5

/**
 * What pg calls back while the statement runs. It reads the messages that hold rows from the socket itself, as pg makes an
 * object and an event of each; everything else is left to pg.
 * @see https://www.postgresql.org/docs/18/protocol-message-formats.html (CopyData)
 */
class CopyOut implements Submittable {
  readonly done: Promise<void>
  readonly #text: string
  readonly #onFields: OnFields
  #settle: (error?: unknown) => void = () => undefined
  #isHeaderRead = false
  #failure: unknown
  #stream: Duplex | undefined
  #readers: ((bytes: Buffer) => void)[] = []
  /** The beginning of a message whose end has not come. */
  #rest: Buffer = Buffer.alloc(0)

  constructor(text: string, onFields: OnFields) {
    this.#text = text
    this.#onFields = onFields
    this.done = new Promise((resolve, reject) => {
      this.#settle = (error) => {
        if (error === undefined) resolve()
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it came
        else reject(error)
      }
    })
  }

  submit(connection: Connection): void {
    this.#stream = connection.stream
    this.#readers = this.#stream.listeners('data') as ((bytes: Buffer) => void)[]
    for (const reader of this.#readers) this.#stream.off('data', reader)
    this.#stream.on('data', this.#read)
    connection.query(this.#text)
  }

  readonly #read = (chunk: Buffer): void => {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    let at = 0
    while (at + MESSAGE_HEADER <= bytes.length) {
      const type = bytes[at] ?? 0
      const end = at + 1 + bytes.readInt32BE(at + 1)
      if (type !== COPY_DATA && type !== COPY_OUT_RESPONSE) {
        this.#giveBack(bytes.subarray(at))
        return
      }
      if (end > bytes.length) break
      if (type === COPY_DATA) this.#readData(bytes, at + MESSAGE_HEADER, end)
      at = end
    }
    this.#rest = bytes.subarray(at)
  }

  /** The rows are over, or there was an error: pg reads on where it has to. */
  #giveBack(bytes: Buffer): void {
    this.#stream?.off('data', this.#read)
    for (const reader of this.#readers) {
      this.#stream?.on('data', reader)
      reader.call(this.#stream, bytes)
    }
  }

  #readData(bytes: Buffer, from: number, end: number): void {
    const at = this.#isHeaderRead ? from : from + HEADER_BYTES
    this.#isHeaderRead = true
    // The header comes alone or before the first row; -1 in place of the number of fields is the end.
    if (this.#failure !== undefined || end < at + 2 || bytes.readInt16BE(at) < 0) return
    try {
      this.#onFields(bytes, at + 2)
    } catch (error) {
      // Thrown from here it would end the process.
      this.#failure = error
    }
  }

  /** Rows that come after something which was left to pg, such as a notice. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    this.#readData(chunk, 0, chunk.length)
  }

  handleReadyForQuery(): void {
    this.#settle(this.#failure)
  }

  handleError(error: unknown): void {
    this.#settle(error)
  }

  handleCommandComplete(): void {
    // ReadyForQuery follows.
  }
}

function readFields(bytes: Buffer, from: number): BinaryRow {
  const count = bytes.readInt16BE(from - 2)
  const fields: (Buffer | null)[] = []
  let at = from
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readInt32BE(at)
    at += 4
    fields.push(length < 0 ? null : bytes.subarray(at, at + length))
    if (length > 0) at += length
  }
  return fields
}
