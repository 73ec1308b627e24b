import { concat, fromBase64, sameBytes, toBase64, toHex, utf8 } from './bytes.js'
import { MerkleError } from './merkle-error.js'
import { sha256 } from './sha256.js'

/**
 * Types of signatures, by the byte that stands for them in key ids and verifier keys. ML-DSA-44 is known by its shape, so
 * that policies that name such a witness can be read; its signatures are not checked yet and count for nothing.
 * @see https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature
 */
export const SIGNATURE_TYPES = { ed25519: 0x01, cosignature: 0x04, mlDsa44: 0x06 } as const
export type SignatureType = (typeof SIGNATURE_TYPES)[keyof typeof SIGNATURE_TYPES]

const KEY_BYTES: Readonly<Record<SignatureType, number>> = { 0x01: 32, 0x04: 32, 0x06: 1312 }
const KEY_ID_BYTES = 4

/** A name and a public key that somebody trusts for one type of signature. */
export interface VerifierKey {
  readonly name: string
  readonly type: SignatureType
  readonly publicKey: Uint8Array
  /** 4 bytes: with the name it tells which signature line is this key's. It identifies, and proves nothing. */
  readonly keyId: Uint8Array
}

/** @throws MerkleError `merkle.key` for a name that no signature line can carry, or a public key of the wrong length */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) {
    throw new MerkleError('merkle.key', 'a key’s name is empty or has a space or a plus sign in it')
  }
  if (publicKey.length !== KEY_BYTES[type]) {
    throw new MerkleError('merkle.key', `a public key has ${String(publicKey.length)} bytes`)
  }
  const digest = sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey)
  return { name, type, publicKey, keyId: digest.slice(0, KEY_ID_BYTES) }
}

/** Whether a signature line can carry the name. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\s+\p{Cc}]+$/u.test(name) && !/[\u0085\uFEFF]/.test(name)
}

/**
 * Reads `<name>+<key id in hex>+<base64(type ‖ public key)>`.
 * @throws MerkleError `merkle.key`, which says what is wrong with it
 */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text)
  if (!match) throw malformed('is not <name>+<8 hex digits>+<base64>')
  const [, name = '', keyId = '', base64 = ''] = match
  const bytes = fromBase64(base64)
  const type = bytes?.[0]
  if (!bytes || !isSignatureType(type)) throw malformed('has a key of a type that is not known')
  const key = verifierKey(name, type, bytes.slice(1))
  if (toHex(key.keyId) !== keyId) throw malformed('has a key id that is not that of its key')
  return key
}

function malformed(what: string): MerkleError {
  return new MerkleError('merkle.key', `the verifier key ${what}`)
}

function isSignatureType(type: number | undefined): type is SignatureType {
  return Object.values(SIGNATURE_TYPES).some((known) => known === type)
}

/** The reverse of `parseVerifierKey`. */
export function formatVerifierKey({ name, type, publicKey, keyId }: VerifierKey): string {
  return `${name}+${toHex(keyId)}+${toBase64(concat([Uint8Array.of(type), publicKey]))}`
}

export function isSameKey(one: VerifierKey, other: VerifierKey): boolean {
  return (
    one.name === other.name && one.type === other.type && sameBytes(one.publicKey, other.publicKey)
  )
}
