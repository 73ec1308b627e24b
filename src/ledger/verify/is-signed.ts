import { createPublicKey, verify, type KeyObject } from 'node:crypto'

import type { VerifierKey } from '../../core/merkle/index.js'

const SIGNATURE_BYTES = 64
/** A log has few keys and witnesses, and one checkpoint a second. */
const known = new Map<string, KeyObject>()

/**
 * Ed25519 by Node. core/merkle, which browsers run as well, does it in JavaScript and takes ten times as long: too long for
 * the checkpoints of years.
 */
export function isSigned(
  { publicKey }: VerifierKey,
  message: string,
  signature: Uint8Array,
): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false
  return verify(null, Buffer.from(message), keyObject(publicKey), signature)
}

function keyObject(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url')
  const made =
    known.get(x) ?? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
  known.set(x, made)
  return made
}
