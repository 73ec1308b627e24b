import { generateKeyPairSync, sign } from 'node:crypto'

import type { SignerParts } from '../../src/ledger/index.js'
import type { Database, LogKey, SignedHead, SignedRecord } from '../../src/platform/index.js'

export const ORIGIN = 'hooktrail.example/log'

/** A fresh Ed25519 key. */
export function logKey(): LogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  return { publicKey: new Uint8Array(raw), sign: (message) => sign(null, message, privateKey) }
}

/** A record that lasts as long as the test, with what it was told. */
export function memoryRecord(): SignedRecord & { readonly heads: Map<string, SignedHead> } {
  const heads = new Map<string, SignedHead>()
  return {
    heads,
    read: (origin) => Promise.resolve(heads.get(origin)),
    write: (origin, head) => {
      heads.set(origin, head)
      return Promise.resolve()
    },
  }
}

/** A signer as the settings of an ordinary server make it. */
export function signerOf(
  database: Pick<Database, 'pool'>,
  over: Partial<SignerParts> = {},
): SignerParts {
  return {
    database,
    key: logKey(),
    settings: { keyPath: '/nowhere/log-key.pem', recordPath: '/nowhere', address: ORIGIN },
    record: memoryRecord(),
    knownHeads: () => [],
    clock: () => Date.UTC(2026, 10, 1, 12),
    ...over,
  }
}
