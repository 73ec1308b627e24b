import { ed25519 } from '@noble/curves/ed25519.js'

import { concat, utf8 } from './bytes.js'
import { SIGNATURE_TYPES, type SignatureType, type VerifierKey } from './verifier-key.js'

const TIMESTAMP_BYTES = 8
const SIGNATURE_BYTES = 64

/** What a good signature says. */
export interface Signed {
  /** Of a cosignature: seconds since 1970. */
  readonly timestamp: number | undefined
}

/** What each type of signature is over. ML-DSA-44 takes a line here and a checker of its own. */
const CHECKS: Readonly<
  Record<
    SignatureType,
    ((key: VerifierKey, text: string, payload: Uint8Array) => Verdict) | undefined
  >
> = {
  [SIGNATURE_TYPES.ed25519]: checkPlain,
  [SIGNATURE_TYPES.cosignature]: checkCosignature,
  [SIGNATURE_TYPES.mlDsa44]: undefined,
}

/** What it says, or `undefined` if it is not a signature of this key. */
type Verdict = Signed | undefined

/** Whether a payload is this key's signature over a note's text; `unsupported` for types that cannot be checked yet. */
export function checkSignature(
  key: VerifierKey,
  text: string,
  payload: Uint8Array,
): Verdict | 'unsupported' {
  const check = CHECKS[key.type]
  return check ? check(key, text, payload) : 'unsupported'
}

function checkPlain(key: VerifierKey, text: string, payload: Uint8Array): Verdict {
  return isSigned(key, utf8(text), payload) ? { timestamp: undefined } : undefined
}

/** @see https://c2sp.org/tlog-cosignature */
function checkCosignature(key: VerifierKey, text: string, payload: Uint8Array): Verdict {
  if (payload.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES) return undefined
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  const timestamp = Number(view.getBigUint64(0))
  if (!Number.isSafeInteger(timestamp)) return undefined
  const message = utf8(cosignedText(timestamp, text))
  return isSigned(key, message, payload.subarray(TIMESTAMP_BYTES)) ? { timestamp } : undefined
}

/** What a cosigner signs. @param timestamp seconds since 1970 @see https://c2sp.org/tlog-cosignature */
export function cosignedText(timestamp: number, text: string): string {
  return `cosignature/v1\ntime ${String(timestamp)}\n${text}`
}

/**
 * The payload of a cosignature over a checkpoint's text.
 * @param timestamp seconds since 1970
 * @param sign Ed25519 with the cosigner's private key
 */
export function cosign(
  text: string,
  timestamp: number,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const time = new Uint8Array(TIMESTAMP_BYTES)
  new DataView(time.buffer).setBigUint64(0, BigInt(timestamp))
  return concat([time, sign(utf8(cosignedText(timestamp, text)))])
}

/** As RFC 8032 says, and no laxer: `zip215` would take keys of small order, under which anything is signed. */
function isSigned({ publicKey }: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false
  return ed25519.verify(signature, message, publicKey, { zip215: false })
}
