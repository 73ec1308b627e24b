import type { Client, Connection, Submittable } from 'pg'

/** The fields of one row in PostgreSQL's binary form; `null` for NULL. The bytes are valid until the next row. */
export type BinaryRow = readonly (Buffer | null)[]

/** `PGCOPY\n\xff\r\n\0`, flags, and the length of an extension that there is not. */
const HEADER_BYTES = 11 + 4 + 4

/**
 * Hands on the rows of a SELECT as bytes. pg reads rows as text, where a bytea is twice as long and is decoded twice;
 * COPY brings it as it is. It takes no parameters: the statement holds nothing but our own text and numbers.
 * @see https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-BINARY-FORMAT
 */
export async function copyRows(
  client: Pick<Client, 'query'>,
  select: string,
  onRow: (row: BinaryRow) => void,
): Promise<void> {
  const copy = new CopyOut(`COPY (${select}) TO STDOUT (FORMAT binary)`, onRow)
  client.query(copy)
  await copy.done
}

/** What pg calls back while the statement runs. */
class CopyOut implements Submittable {
  readonly done: Promise<void>
  readonly #text: string
  readonly #onRow: (row: BinaryRow) => void
  #settle: (error?: unknown) => void = () => undefined
  #isHeaderRead = false
  #failure: unknown

  constructor(text: string, onRow: (row: BinaryRow) => void) {
    this.#text = text
    this.#onRow = onRow
    this.done = new Promise((resolve, reject) => {
      this.#settle = (error) => {
        if (error === undefined) resolve()
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it came
        else reject(error)
      }
    })
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const at = this.#isHeaderRead ? 0 : HEADER_BYTES
    this.#isHeaderRead = true
    // The header comes alone or before the first row; -1 in place of the number of fields is the end.
    if (this.#failure !== undefined || chunk.length < at + 2) return
    const count = chunk.readInt16BE(at)
    try {
      if (count >= 0) this.#onRow(readFields(chunk, at + 2, count))
    } catch (error) {
      // Thrown from here it would end the process.
      this.#failure = error
    }
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

function readFields(chunk: Buffer, from: number, count: number): BinaryRow {
  const fields: (Buffer | null)[] = []
  let at = from
  for (let index = 0; index < count; index += 1) {
    const length = chunk.readInt32BE(at)
    at += 4
    fields.push(length < 0 ? null : chunk.subarray(at, at + length))
    if (length > 0) at += length
  }
  return fields
}
