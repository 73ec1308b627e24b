import { createHash } from 'node:crypto'

import { SearchError } from './search-error.js'

/** The place of an entry in the order of searches. */
export interface Place {
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  readonly seq: bigint
}

/** Version, time, number, and four bytes of a hash over them, so that a typing error is noticed. */
const VERSION = 1
const BODY_BYTES = 17
const CHECK_BYTES = 4

/** Opaque text (base64url) for “continue after this entry”; it stays valid while the log grows. */
export function writeCursor({ occurredAt, seq }: Place): string {
  const bytes = Buffer.alloc(BODY_BYTES)
  bytes.writeUInt8(VERSION, 0)
  bytes.writeBigInt64BE(BigInt(occurredAt), 1)
  bytes.writeBigInt64BE(seq, 9)
  return Buffer.concat([bytes, check(bytes)]).toString('base64url')
}

/** @throws SearchError `search.cursor` for anything that `writeCursor` did not write */
export function readCursor(cursor: string): Place {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(0, BODY_BYTES)
  // Written again, because Buffer skips characters that are no base64url.
  const intact =
    bytes.length === BODY_BYTES + CHECK_BYTES &&
    bytes.toString('base64url') === cursor &&
    check(body).equals(bytes.subarray(BODY_BYTES))
  if (!intact || body.readUInt8(0) !== VERSION) {
    const message =
      'this cursor is not one that a search gave: take next_cursor as it came, or start without one'
    throw new SearchError('search.cursor', message)
  }
  return { occurredAt: Number(body.readBigInt64BE(1)), seq: body.readBigInt64BE(9) }
}

function check(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES)
}
