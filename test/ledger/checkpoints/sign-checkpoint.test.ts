import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import {
  checkProofFile,
  leafHash,
  openCheckpoint,
  parsePolicy,
  parseProofFile,
} from '../../../src/core/merkle/index.js'
import {
  Appender,
  currentRoot,
  latestCheckpoint,
  readEntryBundle,
  readLogKeys,
  readProofFile,
  signCheckpoint,
  type SignerParts,
} from '../../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../../support/database.js'
import { delivery, draft } from '../../support/deliveries.js'
import { logKey, memoryRecord, ORIGIN, signerOf } from '../../support/signer.js'

let database: TestDatabase
let signer: SignerParts
let appended = 0

beforeEach(async () => {
  database = await testDatabase()
  signer = signerOf(database)
})
afterEach(async () => {
  await database.drop()
})

async function append(count: number): Promise<void> {
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
  for (let one = 0; one < count; one += 1) {
    appended += 1
    await appender.append({
      delivery: delivery(`d${String(appended)}`),
      drafts: [draft(), draft()],
    })
  }
}

/** Something that the guards refuse, as somebody does who owns the database. */
async function tamper(table: string, sql: string): Promise<void> {
  await database.pool.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  await database.pool.query(`GRANT ALL ON ${table} TO CURRENT_USER`)
  await database.pool.query(sql)
  await database.pool.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
}

describe('signing', () => {
  it('signs the tree that was committed, once for each size', async () => {
    expect(await signCheckpoint(signer)).toEqual({ outcome: 'signed', size: 0 })
    await append(3)
    expect(await signCheckpoint(signer)).toEqual({ outcome: 'signed', size: 6 })
    expect(await signCheckpoint(signer)).toEqual({ outcome: 'unchanged', size: 6 })
    const latest = await latestCheckpoint(database.pool)
    const [period] = await readLogKeys(database.pool)
    const checkpoint = openCheckpoint(latest?.note ?? '', period ? [period.key] : [])
    expect(checkpoint).toMatchObject({ origin: ORIGIN, size: 6 })
    const { root } = await currentRoot(database)
    expect(Buffer.from(checkpoint.root).toString('hex')).toBe(root)
  })

  it('covers entries by proofs that need nothing but the verifier key', async () => {
    await append(2)
    await signCheckpoint(signer)
    const proof = await readProofFile(database, 2)
    const [period] = await readLogKeys(database.pool)
    const bundle =
      (await readEntryBundle(database.pool, { index: 0, width: 4 })) ?? new Uint8Array()
    const view = Buffer.from(bundle)
    let at = 0
    for (let entry = 0; entry < 2; entry += 1) at += 2 + view.readUInt16BE(at)
    const leaf = view.subarray(at + 2, at + 2 + view.readUInt16BE(at))
    const { verifier_key: vkey } = await keyRow()
    const policy = parsePolicy(`log ${vkey}\nquorum none\n`)
    expect(checkProofFile(parseProofFile(proof?.file ?? ''), leafHash(leaf), policy).size).toBe(4)
    expect(period?.fromSize).toBe(0)
    await append(1)
    expect(await readProofFile(database, 4)).toBeUndefined()
  })

  it('goes on under the same name with the same key, and refuses with another one or none', async () => {
    await signCheckpoint(signer)
    await append(1)
    await expect(signCheckpoint({ ...signer, key: logKey() })).rejects.toMatchObject({
      code: 'signing.key',
      message: expect.stringContaining('this process has another one') as unknown,
    })
    await expect(signCheckpoint({ ...signer, key: undefined })).rejects.toMatchObject({
      code: 'signing.key',
    })
    const moved = { ...signer.settings, address: 'elsewhere.example' }
    expect(await signCheckpoint({ ...signer, settings: moved })).toMatchObject({ size: 2 })
    expect((await latestCheckpoint(database.pool))?.origin).toBe(ORIGIN)
    const renamed = { ...signer.settings, origin: 'elsewhere.example' }
    await expect(signCheckpoint({ ...signer, settings: renamed })).rejects.toThrow(
      'rotate --origin',
    )
  })

  it('is refused when the database is behind the record beside the key: a restore', async () => {
    const record = memoryRecord()
    record.heads.set(ORIGIN, { size: 7, root: Buffer.alloc(32).toString('base64') })
    await append(2)
    await expect(signCheckpoint({ ...signer, record })).rejects.toMatchObject({
      code: 'signing.behind',
      message: expect.stringMatching(
        /has 4 entries, and the record .* for 7.*rotate --origin/s,
      ) as unknown,
    })
    expect(await latestCheckpoint(database.pool)).toBeUndefined()
  })

  it('is refused when the database grew past the record with other entries: a fork', async () => {
    const record = memoryRecord()
    record.heads.set(ORIGIN, { size: 3, root: Buffer.alloc(32).toString('base64') })
    await append(2)
    await expect(signCheckpoint({ ...signer, record })).rejects.toMatchObject({
      code: 'signing.fork',
    })
  })

  it('is refused when somebody outside knows of more than the database holds', async () => {
    await append(2)
    const knownHeads = (): [{ size: number; root: undefined; source: string }] => [
      { size: 5, root: undefined, source: 'witness w1.example' },
    ]
    await expect(signCheckpoint({ ...signer, knownHeads })).rejects.toThrow(
      'witness w1.example holds',
    )
  })

  it('is refused when the tail was cut off below what the database itself has signed', async () => {
    await append(3)
    await signCheckpoint(signer)
    await tamper('log_entry', 'DELETE FROM log_entry WHERE seq >= 2')
    await tamper(
      'log_state',
      `UPDATE log_state SET size = 2, frontier = (SELECT sha256('\\x01'::bytea ||
      string_agg(leaf_hash, ''::bytea ORDER BY seq)) FROM log_entry)`,
    )
    await expect(signCheckpoint(signer)).rejects.toMatchObject({ code: 'signing.behind' })
  })

  it('is refused for a tree whose tiles and right edge differ', async () => {
    await append(2)
    await tamper('log_entry', `UPDATE log_entry SET leaf_hash = sha256('x') WHERE seq = 1`)
    await expect(signCheckpoint(signer)).rejects.toMatchObject({ code: 'signing.damaged' })
  })

  it('records what it signs outside of the database before the signature can get out', async () => {
    await append(1)
    const record = memoryRecord()
    const failing = { ...record, write: () => Promise.reject(new Error('the disk is full')) }
    await expect(signCheckpoint({ ...signer, record: failing })).rejects.toThrow('the disk is full')
    expect(await latestCheckpoint(database.pool)).toBeUndefined()
    await signCheckpoint({ ...signer, record })
    expect(record.heads.get(ORIGIN)?.size).toBe(2)
  })
})

async function keyRow(): Promise<{ verifier_key: string }> {
  const { rows } = await database.pool.query<{ verifier_key: string }>(
    'SELECT verifier_key FROM log_key',
  )
  return rows[0] ?? { verifier_key: '' }
}
