import { sha256 as portable } from '@noble/hashes/sha2.js'

import { concat } from './bytes.js'

/** SHA-256 over parts laid end to end: 32 bytes. */
export type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array

/** What there is of Node where this runs: nothing, in a browser. */
interface Platform {
  readonly process?: {
    readonly getBuiltinModule?: (name: 'node:crypto') => typeof import('node:crypto')
  }
}

/**
 * Node's own where there is one, since appending and verifying hash hundreds of thousands of leaves a second; otherwise
 * JavaScript, since `crypto.subtle` is asynchronous and missing on pages without TLS.
 */
export const sha256: Sha256 = nativeSha256(globalThis) ?? portableSha256

function nativeSha256({ process }: Platform): Sha256 | undefined {
  const crypto = process?.getBuiltinModule?.('node:crypto')
  if (!crypto) return undefined
  // In one call, for which to lay the parts end to end costs less than to hand them over one by one.
  return (...parts) => crypto.hash('sha256', concat(parts), 'buffer')
}

function portableSha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = portable.create()
  for (const part of parts) hash.update(part)
  return hash.digest()
}
