import { generateKeyPairSync, sign as ed25519Sign, type KeyObject } from 'node:crypto'

import {
  cosign,
  formatCheckpoint,
  formatNote,
  formatSignature,
  SIGNATURE_TYPES,
  signNote,
  verifierKey,
  type SignatureType,
  type VerifierKey,
} from '../../../src/core/merkle/index.js'
import { DefinedTree, numbered } from './defined-tree.js'

export interface Signer {
  readonly key: VerifierKey
  readonly sign: (message: Uint8Array) => Uint8Array
}

export function signer(name: string, type: SignatureType = SIGNATURE_TYPES.ed25519): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    key: verifierKey(name, type, rawKey(publicKey)),
    sign: (text) => ed25519Sign(null, text, privateKey),
  }
}

function rawKey(key: KeyObject): Uint8Array {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}

export function cosignature({ key, sign }: Signer, text: string, time = 1_679_315_147): string {
  return formatSignature(key, cosign(text, time, sign))
}

export const log = signer('example.com/log')
export const witnesses = ['w1', 'w2', 'w3'].map((name) =>
  signer(`${name}.example`, SIGNATURE_TYPES.cosignature),
)
export const tree = new DefinedTree(numbered(20))
export const TEXT = formatCheckpoint({ origin: 'example.com/log', size: 20, root: tree.root(20) })

export function checkpointWith(count: number): string {
  const lines = witnesses.slice(0, count).map((one) => cosignature(one, TEXT))
  return formatNote(TEXT, [signNote(log.key, TEXT, log.sign), ...lines])
}
