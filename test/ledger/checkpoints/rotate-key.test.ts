import { existsSync, statSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { openCheckpoint, parsePolicy } from '../../../src/core/merkle/index.js'
import {
  describePolicy,
  latestCheckpoint,
  openSigner,
  readLogKeys,
  rotateLogKey,
  signCheckpoint,
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

it('the first start makes a key that only its owner reads, and a new key takes over with the old one’s last checkpoint', async () => {
  const first = await openSigner(database, settings, () => NOW)
  expect(statSync(settings.keyPath).mode & 0o777).toBe(0o600)
  await signCheckpoint(first)
  const before = (await latestCheckpoint(database.pool))?.note

  const { fromSize, retired } = await rotateLogKey(database, settings, {
    origin: undefined,
    now: NOW,
  })
  expect([fromSize, existsSync(retired ?? '')]).toEqual([1, true])
  await expect(signCheckpoint(first)).rejects.toMatchObject({ code: 'signing.key' })
  const second = await openSigner(database, settings, () => NOW)
  expect(await signCheckpoint(second)).toEqual({ outcome: 'unchanged', size: 0 })

  const policy = await describePolicy(database, {})
  expect(parsePolicy(policy).logs).toHaveLength(2)
  for (const line of (before ?? 'none').trimEnd().split('\n'))
    expect(policy).toContain(`#   ${line}\n`)
  const keys = (await readLogKeys(database.pool)).map(({ key }) => key)
  expect(openCheckpoint(before ?? '', keys.slice(0, 1)).origin).toBe('hooktrail.example')
  expect(keys[1]?.name).toBe('hooktrail.example')
})

it('a replica without the key of a log that has one makes none', async () => {
  const elsewhere = { ...settings, keyPath: path.join(emptyDataDir(), 'log-key.pem') }
  const signer = await openSigner(database, elsewhere, () => NOW)
  expect([signer.key, existsSync(elsewhere.keyPath)]).toEqual([undefined, false])
  await expect(signCheckpoint(signer)).rejects.toThrow('every replica needs the same one')
})
