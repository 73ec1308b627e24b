import path from 'node:path'

import { personal } from '../../src/core/domain/index.js'
import type { VerifierKey } from '../../src/core/merkle/index.js'
import { parseNote, SIGNATURE_TYPES } from '../../src/core/merkle/index.js'
import { storeCosignature } from '../../src/ledger/checkpoints/cosignatures.js'
import {
  Appender,
  latestCheckpoint,
  openSigner,
  rotateLogKey,
  signCheckpoint,
} from '../../src/ledger/index.js'
import type { LogSettings } from '../../src/platform/index.js'
import { cosignature, signer } from '../core/merkle/signers.js'
import { emptyDataDir } from './data-directory.js'
import type { TestDatabase } from './database.js'
import { delivery, draft } from './deliveries.js'

/** Sizes that are signed: the empty log, the middle and the end of a tile, before and after the key changed. */
export const SIGNED_SIZES = [0, 100, 256, 300] as const
const DAY = Date.UTC(2026, 10, 1)

export interface SignedLog {
  readonly settings: LogSettings
  /** Its cosignatures are verified. */
  readonly witness: VerifierKey
  /** Another one, whose key nobody knows. */
  readonly stranger: VerifierKey
}

/** A log of 299 deliveries with an entry each and that of a rotation, four checkpoints with two cosignatures each, and a key that was rotated at 101. */
export async function buildSignedLog(database: TestDatabase): Promise<SignedLog> {
  const directory = emptyDataDir()
  const settings = {
    keyPath: path.join(directory, 'log-key.pem'),
    recordPath: path.join(directory, 'log-signed.json'),
    address: 'hooktrail.example',
  }
  const witnesses = ['witness.example', 'stranger.example'].map((name) =>
    signer(name, SIGNATURE_TYPES.cosignature),
  )
  const appender = new Appender(database, () => DAY)
  let size = 0
  for (const next of SIGNED_SIZES) {
    const now = DAY + next * 60_000
    await Promise.all(
      Array.from({ length: next - size }, (_, at) => appendOne(appender, size + at)),
    )
    size = next
    await signCheckpoint(await openSigner(database, settings, () => now))
    const { text } = parseNote((await latestCheckpoint(database.pool))?.note ?? '')
    for (const one of witnesses) {
      const time = now / 1000 + 1
      const line = cosignature(one, text, time)
      await storeCosignature(database.pool, one.key, { size, time, line })
    }
    if (size === 100) {
      const operator = { name: 'mona', reason: undefined, now }
      await rotateLogKey(database, settings, { origin: undefined, operator })
      // That is an entry, too.
      size += 1
    }
  }
  const [witness, stranger] = witnesses.map(({ key }) => key)
  if (!witness || !stranger) throw new Error('two witnesses')
  return { settings, witness, stranger }
}

async function appendOne(appender: Appender, index: number): Promise<void> {
  await appender.append({
    delivery: delivery(`guid-${String(index)}`),
    drafts: [
      draft({
        actor: { type: 'user', id: index % 7, login: `person-${String(index % 7)}` },
        reason: personal(`reason ${String(index)}`),
      }),
    ],
  })
}
