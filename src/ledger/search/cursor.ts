import { createHmac, timingSafeEqual } from 'node:crypto'

import { SearchError } from './search-error.js'

/** The place of an entry in the order of searches. */
export interface Place {
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  readonly seq: bigint
}

/** Version, time, number, and half of an HMAC over them: only what this log gave is taken. */
const VERSION = 2
const BODY_BYTES = 17
const CHECK_BYTES = 16

/** Opaque text (base64url) for “continue after this entry”; it stays valid while the log grows. */
export function writeCursor({ occurredAt, seq }: Place, key: Uint8Array): string {
  const bytes = Buffer.alloc(BODY_BYTES)
  bytes.writeUInt8(VERSION, 0)
  bytes.writeBigInt64BE(BigInt(occurredAt), 1)
  bytes.writeBigInt64BE(seq, 9)
  return Buffer.concat([bytes, check(bytes, key)]).toString('base64url')
}

/** @throws SearchError `search.cursor` for anything that `writeCursor` did not write with this key */
export function readCursor(cursor: string, key: Uint8Array): Place {
  const bytes = Buffer.from(cursor, 'base64url')
  const body = bytes.subarray(0, BODY_BYTES)
  // Written again, because Buffer skips characters that are no base64url.
  const intact =
    bytes.length === BODY_BYTES + CHECK_BYTES &&
    bytes.toString('base64url') === cursor &&
    timingSafeEqual(check(body, key), bytes.subarray(BODY_BYTES))
  if (!intact || body.readUInt8(0) !== VERSION) {
    const message =
      'this cursor is not one that a search of this log gave: take next_cursor as it came, or start without one'
    throw new SearchError('search.cursor', message)
  }
  return { occurredAt: Number(body.readBigInt64BE(1)), seq: body.readBigInt64BE(9) }
}

function check(body: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, CHECK_BYTES)
}
