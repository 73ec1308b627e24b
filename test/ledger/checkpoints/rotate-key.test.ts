import { existsSync, statSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { formatVerifierKey, openCheckpoint, parsePolicy } from '../../../src/core/merkle/index.js'
import {
  describePolicy,
  entriesInRange,
  latestCheckpoint,
  logSize,
  openSigner,
  readLogKeys,
  rotateLogKey,
  signCheckpoint,
  verifyLog,
  type LogKeyPeriod,
} from '../../../src/ledger/index.js'
import type { LogSettings } from '../../../src/platform/index.js'
import { emptyDataDir } from '../../support/data-directory.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'

const NOW = Date.UTC(2026, 10, 1)
let database: TestDatabase
let settings: LogSettings

beforeAll(async () => {
  database = await testDatabase()
  const directory = emptyDataDir()
  settings = {
    keyPath: path.join(directory, 'log-key.pem'),
    recordPath: path.join(directory, 'log-signed.json'),
    address: 'hooktrail.example',
  }
})
afterAll(async () => {
  await database.drop()
})

function vkeyOf(period: LogKeyPeriod | undefined): string {
  return period ? formatVerifierKey(period.key) : ''
}

it('the first start makes a key that only its owner reads, and a new key takes over with the old one’s last checkpoint', async () => {
  const first = await openSigner(database, settings, () => NOW)
  expect(statSync(settings.keyPath).mode & 0o777).toBe(0o600)
  await signCheckpoint(first)
  const before = (await latestCheckpoint(database.pool))?.note

  const operator = { name: 'mona', reason: 'the laptop was stolen', now: NOW }
  const rotation = await rotateLogKey(database, settings, { origin: undefined, operator })
  const { fromSize, seq, retired } = rotation
  expect([seq, fromSize, existsSync(retired ?? '')]).toEqual([0, 1, true])
  await expect(signCheckpoint(first)).rejects.toMatchObject({ code: 'signing.key' })
  const second = await openSigner(database, settings, () => NOW)
  expect(await signCheckpoint(second)).toEqual({ outcome: 'signed', size: 1 })

  const policy = await describePolicy(database, {})
  expect(parsePolicy(policy).logs).toHaveLength(2)
  for (const line of (before ?? 'none').trimEnd().split('\n'))
    expect(policy).toContain(`#   ${line}\n`)
  const keys = (await readLogKeys(database.pool)).map(({ key }) => key)
  expect(openCheckpoint(before ?? '', keys.slice(0, 1)).origin).toBe('hooktrail.example')
  expect(keys[1]?.name).toBe('hooktrail.example')
})

it('is an entry with who, why and both keys, which everything that the new key signs contains', async () => {
  const [old] = await readLogKeys(database.pool)
  const [, next] = await readLogKeys(database.pool)
  const [entry] = await entriesInRange(database, 0, 1)
  expect(entry?.entry).toMatchObject({
    action: 'log_key.rotated',
    actor: { login: 'mona' },
    reason: 'the laptop was stolen',
    changes: [{ path: 'verifier_key', before: vkeyOf(old), after: vkeyOf(next) }],
    labels: { last_size: 0 },
  })
  const { rows } = await database.pool.query('SELECT size FROM log_checkpoint ORDER BY size')
  expect(rows).toEqual([{ size: '0' }, { size: '1' }])
})

it('a log that goes on under another name says so, with both names', async () => {
  const operator = { name: 'mona', reason: undefined, now: NOW + 1 }
  const { seq } = await rotateLogKey(database, settings, {
    origin: 'hooktrail.example/2',
    operator,
  })
  const [entry] = await entriesInRange(database, seq, seq + 1)
  expect(entry?.entry).toMatchObject({
    action: 'log.renamed',
    severity: 4,
    changes: [
      { path: 'origin', before: 'hooktrail.example', after: 'hooktrail.example/2' },
      { path: 'verifier_key' },
    ],
  })
  await signCheckpoint(await openSigner(database, settings, () => NOW))
  expect((await latestCheckpoint(database.pool))?.origin).toBe('hooktrail.example/2')
  expect((await verifyLog(database)).problems).toEqual([])
})

it('neither entry nor key is there when the database dies in the middle, and the old key signs on', async () => {
  await database.pool.query(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'dead'; END $$;
    CREATE TRIGGER die BEFORE INSERT ON log_key FOR EACH ROW EXECUTE FUNCTION die()`)
  const size = await logSize(database)
  const operator = { name: 'mona', reason: undefined, now: NOW + 2 }
  const lost = rotateLogKey(database, settings, { origin: undefined, operator })
  await expect(lost).rejects.toThrow('dead')
  await database.pool.query('DROP TRIGGER die ON log_key; DROP FUNCTION die')
  expect([await logSize(database), (await readLogKeys(database.pool)).length]).toEqual([size, 3])
  const signer = await openSigner(database, settings, () => NOW)
  expect(await signCheckpoint(signer)).toMatchObject({ size })
})

it('a replica without the key of a log that has one makes none', async () => {
  const elsewhere = { ...settings, keyPath: path.join(emptyDataDir(), 'log-key.pem') }
  const signer = await openSigner(database, elsewhere, () => NOW)
  expect([signer.key, existsSync(elsewhere.keyPath)]).toEqual([undefined, false])
  await expect(signCheckpoint(signer)).rejects.toThrow('every replica needs the same one')
})
