import { LEAF_DICTIONARY } from './leaf-dictionary.js'

/**
 * A leaf as log_entry keeps it: a third of the canonical JSON. The format is an LZ4 block over a dictionary of what leaves
 * have in common, after three bytes: the dictionary's version and the length in bytes of the JSON (16 bits, big-endian).
 * JSON itself, which begins with “{”, is accepted too. zlib would find a little more and take five times as long.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function packLeaf(json: Uint8Array): Buffer {
  const end = DICTIONARY_BYTES + json.length
  window.set(json, DICTIONARY_BYTES)
  table.set(KNOWN)
  let [at, literals, out] = [DICTIONARY_BYTES, DICTIONARY_BYTES, HEADER_BYTES]
  while (at < end - LAST_LITERALS) {
    const candidate = remember(at)
    if (!sameFour(candidate, at) || at - candidate > FARTHEST) {
      at += 1
      continue
    }
    let next = at + SHORTEST_MATCH
    let from = candidate + SHORTEST_MATCH
    while (next < end - 5 && window[next] === window[from]) {
      next += 1
      from += 1
    }
    out = writeSequence(out, { literals, at, offset: at - candidate, length: next - at })
    at = next
    literals = at
  }
  out = writeLiterals(out, literals, end, 0)
  packed[0] = VERSION
  packed.writeUInt16BE(json.length, 1)
  // Never longer than the JSON, so that a column of 64 KB holds every leaf.
  return out < json.length ? Buffer.from(packed.subarray(0, out)) : Buffer.from(json)
}

/** The canonical JSON. @throws RangeError for bytes that `packLeaf` did not write: they were altered */
export function unpackLeaf(stored: Uint8Array): Uint8Array {
  return stored[0] === BRACE ? stored : Buffer.from(unpackedView(stored))
}

/** The same without a copy: the bytes are valid until the next leaf is packed or unpacked. @throws RangeError */
export function unpackedView(stored: Uint8Array): Uint8Array {
  if (stored[0] === BRACE) return stored
  if (stored[0] !== VERSION || stored.length < HEADER_BYTES) throw altered()
  const end = DICTIONARY_BYTES + byteAt(stored, 1) * 256 + byteAt(stored, 2)
  const place = { at: HEADER_BYTES, out: DICTIONARY_BYTES }
  while (place.at < stored.length) {
    const token = byteAt(stored, place.at++)
    copyLiterals(stored, place, { length: token >> 4, end })
    if (place.at < stored.length) copyMatch(stored, place, { length: token & 15, end })
  }
  if (place.out !== end) throw altered()
  return window.subarray(DICTIONARY_BYTES, end)
}

/** Where reading and writing are. */
interface Place {
  at: number
  out: number
}

interface Piece {
  /** As in the token: 15 means that more of it follows. */
  readonly length: number
  /** Where the leaf ends: nothing is written there or behind. */
  readonly end: number
}

function copyLiterals(stored: Uint8Array, place: Place, piece: Piece): void {
  const length = readLength(stored, place, piece.length)
  if (place.at + length > stored.length || place.out + length > piece.end) throw altered()
  const { at, out } = place
  if (length > LONG) window.set(stored.subarray(at, at + length), out)
  else
    for (let index = 0; index < length; index += 1) window[out + index] = byteAt(stored, at + index)
  place.at = at + length
  place.out = out + length
}

function copyMatch(stored: Uint8Array, place: Place, piece: Piece): void {
  const offset = byteAt(stored, place.at) + byteAt(stored, place.at + 1) * 256
  place.at += 2
  const length = readLength(stored, place, piece.length) + SHORTEST_MATCH
  if (offset === 0 || offset > place.out || place.out + length > piece.end) throw altered()
  const { out } = place
  const from = out - offset
  if (length > LONG && length <= offset) window.copyWithin(out, from, from + length)
  // Byte for byte: a match may reach into what it writes.
  else
    for (let index = 0; index < length; index += 1)
      window[out + index] = byteAt(window, from + index)
  place.out = out + length
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}

const VERSION = 1
const BRACE = 0x7b
const HEADER_BYTES = 3
const SHORTEST_MATCH = 4
/** The format wants the last sequence to be literals. */
const LAST_LITERALS = 12
const FARTHEST = 65_535
const HASH_BITS = 13
/** Bytes from which on a call costs less than a loop. */
const LONG = 64

const dictionary = Buffer.from(LEAF_DICTIONARY)
const DICTIONARY_BYTES = dictionary.length
/** The dictionary, and behind it the leaf that is worked on; nothing here waits, so one is enough. */
const window = Buffer.alloc(DICTIONARY_BYTES + 65_536)
const packed = Buffer.alloc(HEADER_BYTES + 65_536 + 300)
/** Where four bytes with this hash were last seen, by hash. */
const table = new Uint32Array(2 ** HASH_BITS)
window.set(dictionary)
for (let at = 0; at < DICTIONARY_BYTES - 4; at += 1) remember(at)
const KNOWN = table.slice()

function remember(at: number): number {
  const four =
    (window[at] ?? 0) |
    ((window[at + 1] ?? 0) << 8) |
    ((window[at + 2] ?? 0) << 16) |
    ((window[at + 3] ?? 0) << 24)
  const hash = Math.imul(four, 2_654_435_761) >>> (32 - HASH_BITS)
  const before = table[hash] ?? 0
  table[hash] = at
  return before
}

function sameFour(one: number, other: number): boolean {
  return (
    one < other &&
    window[one] === window[other] &&
    window[one + 1] === window[other + 1] &&
    window[one + 2] === window[other + 2] &&
    window[one + 3] === window[other + 3]
  )
}

interface Sequence {
  /** Where the literals begin; they end where the match begins. */
  readonly literals: number
  readonly at: number
  readonly offset: number
  readonly length: number
}

function writeSequence(at: number, { literals, at: end, offset, length }: Sequence): number {
  let out = writeLiterals(at, literals, end, Math.min(15, length - SHORTEST_MATCH))
  packed[out++] = offset & 255
  packed[out++] = offset >> 8
  if (length - SHORTEST_MATCH >= 15) out = writeLength(out, length - SHORTEST_MATCH - 15)
  return out
}

function writeLiterals(at: number, from: number, end: number, low: number): number {
  const count = end - from
  let out = at
  packed[out++] = (Math.min(15, count) << 4) | low
  if (count >= 15) out = writeLength(out, count - 15)
  for (let next = from; next < end; next += 1) packed[out++] = window[next] ?? 0
  return out
}

function writeLength(at: number, length: number): number {
  let [out, rest] = [at, length]
  for (; rest >= 255; rest -= 255) packed[out++] = 255
  packed[out++] = rest
  return out
}

function readLength(stored: Uint8Array, place: Place, first: number): number {
  let sum = first
  for (let more = first === 15 ? 255 : 0; more === 255; sum += more)
    more = byteAt(stored, place.at++)
  return sum
}

function altered(): RangeError {
  return new RangeError('a stored leaf is not in the format in which leaves are stored')
}
