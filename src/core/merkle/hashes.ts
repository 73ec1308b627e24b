import { sha256 } from './sha256.js'

/** Bytes in a hash. */
export const HASH_BYTES = 32

const LEAF_PREFIX = Uint8Array.of(0x00)
const NODE_PREFIX = Uint8Array.of(0x01)

/**
 * `SHA-256(0x00 ‖ leaf)`.
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(LEAF_PREFIX, leaf)
}

/**
 * `SHA-256(0x01 ‖ left ‖ right)`.
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE_PREFIX, left, right)
}

/** The root of the tree with no leaves: `SHA-256("")`. */
export function emptyRoot(): Uint8Array {
  return sha256()
}
