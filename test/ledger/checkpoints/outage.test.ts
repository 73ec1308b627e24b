import { afterEach, beforeEach, expect, it } from '@jest/globals'

import { parseAddCheckpoint, parseNote, SIGNATURE_TYPES } from '../../../src/core/merkle/index.js'
import { Appender, signCheckpoint, type SignerParts } from '../../../src/ledger/index.js'
import type { PostToWitness } from '../../../src/ledger/checkpoints/push-checkpoint.js'
import { Witnesses, type WitnessChange } from '../../../src/ledger/checkpoints/witnesses.js'
import { cosignature, signer } from '../../core/merkle/signers.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { signerOf } from '../../support/signer.js'

const witness = signer('witness.example', SIGNATURE_TYPES.cosignature)

let now: number
let database: TestDatabase
let parts: SignerParts
let appended: number

beforeEach(async () => {
  now = Date.UTC(2026, 10, 1, 12)
  appended = 0
  database = await testDatabase()
  parts = signerOf(database, { clock: () => now })
})
afterEach(() => database.drop())

async function grow(): Promise<void> {
  appended += 1
  now += 30_000
  const appender = new Appender(database, () => now)
  await appender.append({ delivery: delivery(`o${String(appended)}`), drafts: [draft()] })
  await signCheckpoint(parts)
}

/** Cosigns whatever it is shown. */
const cosigns: PostToWitness = (_url, body) => {
  const { text } = parseNote(parseAddCheckpoint(body).checkpoint)
  const line = cosignature(witness, text, now / 1000)
  return Promise.resolve({ status: 200, text: `${line}\n` })
}

/** A process that brings checkpoints to the witness, and what it tells. */
function replica(post: PostToWitness): { witnesses: Witnesses; changes: WitnessChange[] } {
  const changes: WitnessChange[] = []
  const witnesses = new Witnesses({
    ...{ database, post, policy: undefined, clock: () => now },
    witnesses: [{ key: witness.key, url: 'https://witness.example' }],
    onChange: (change) => {
      changes.push(change)
      return Promise.resolve()
    },
    onError: (error) => {
      throw error
    },
  })
  return { witnesses, changes }
}

it('ends under the name that it began with, although another process was answered meanwhile', async () => {
  let isCutOff = false
  const here = replica((url, body) =>
    isCutOff ? Promise.reject(new Error('no way there')) : cosigns(url, body),
  )
  const there = replica(cosigns)
  for (const { witnesses } of [here, there]) {
    await grow()
    await witnesses.push()
  }
  here.changes.length = 0
  isCutOff = true
  for (let turn = 0; turn < 3; turn += 1) {
    await grow()
    await here.witnesses.push()
  }
  await there.witnesses.push()
  isCutOff = false
  await grow()
  await here.witnesses.push()
  const [began, ended] = here.changes
  expect(here.changes.map(({ reason }) => reason === undefined)).toEqual([false, true])
  expect(ended?.lastTime).toBe(began?.lastTime)
})
