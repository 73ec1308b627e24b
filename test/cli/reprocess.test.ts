import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import type { EntryDraft } from '../../src/core/domain/index.js'
import { formatVerifierKey } from '../../src/core/merkle/index.js'
import { Appender, readLogKeys, signCheckpoint } from '../../src/ledger/index.js'
import { normalise } from '../../src/sources/index.js'
import { emptyDataDir } from '../support/data-directory.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { playLog, type PlayedLog } from '../support/pipeline.js'
import { signerOf } from '../support/signer.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

const REPOSITORY = {
  id: 99,
  full_name: 'acme/shop',
  html_url: 'https://github.com/acme/shop',
  owner: { id: 7, login: 'acme' },
}
const SENDER = { id: 4, login: 'mona', type: 'User' }
const PUBLICIZED = {
  action: 'publicized',
  repository: { ...REPOSITORY, private: false },
  sender: SENDER,
  installation: { id: 11 },
}
const DELETED = { ref: 'topic', ref_type: 'branch', repository: REPOSITORY, sender: SENDER }

let database: TestDatabase
let log: PlayedLog
beforeAll(async () => {
  database = await testDatabase()
  log = playLog(database)
})
afterAll(() => database.drop())

async function record(
  guid: string,
  payload: object,
  event: string,
  drafts?: EntryDraft[],
): Promise<void> {
  const came = delivery(guid, JSON.parse(JSON.stringify(payload)) as never, event)
  const appender = new Appender(database, () => NOW)
  await appender.append({ delivery: came, drafts: drafts ?? normalise(came) })
}

function ask(...args: readonly string[]): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: database.url }, now: NOW + 1000 })
}

/** As a Hooktrail that did not know the event recorded it. */
function unknown(action: string): EntryDraft[] {
  return [
    draft({
      action,
      outcome: 'unknown',
      actor: { type: 'user', id: 4, login: 'mona' },
      targets: [{ type: 'repository', id: 99, name: 'acme/shop' }],
    }),
  ]
}

it('a delivery that was recorded without understanding is shown, amended once, and nobody is told', async () => {
  await record('known', DELETED, 'delete')
  await record('fallback', PUBLICIZED, 'repository', unknown('github.repository.publicized'))
  await log.workOff()

  const dry = await ask('reprocess', '--dry-run')
  expect(dry).toMatchObject({ code: 1, err: '' })
  expect(dry.out).toContain(
    'delivery fallback  repository, received 2026-11-01T10:00:00.000Z, entry 1 (reading 1)',
  )
  expect(dry.out).toMatch(/^- .*"github.repository.publicized"/m)
  expect(dry.out).toMatch(/^\+ .*"repository.publicized"/m)
  expect(dry.out).toContain('2 deliveries read again: 1 say the same, 1 would be amended')
  expect(dry.out).toContain('1 finding that the earlier readings did not give')
  expect(await log.entries()).toHaveLength(2)

  expect((await ask('reprocess', '--operator', 'rita', '--reason', 'upgrade')).code).toBe(0)
  const entries = await log.entries()
  expect(entries.slice(2)).toMatchObject([
    { action: 'log.reprocessed', actor: { login: 'rita' }, reason: 'upgrade' },
    {
      action: 'entry.amended',
      targets: [{ type: 'entry', id: entries[1]?.id, name: 'github.repository.publicized' }],
      labels: { reading: 2, act_seq: 2, replaces_seq: 1, replaced_entries: 1 },
      source: { kind: 'reprocess', delivery_id: 'reading:2:fallback' },
    },
    { action: 'repository.publicized', actor: { login: 'mona' }, labels: { reading: 2 } },
  ])
  expect(entries[3]?.changes?.map(({ path }) => path)).toContain('0/action')

  const { rows } = await database.pool.query<{ task_identifier: string }>(
    'SELECT task_identifier FROM graphile_worker.jobs',
  )
  expect(rows).toEqual([{ task_identifier: 'evaluate' }])
  await log.workOff()
  expect(await log.entries()).toHaveLength(5)
})

it('reading again changes nothing the second time, and the log is whole', async () => {
  const again = await ask('reprocess', '--json')
  expect(again.code).toBe(0)
  expect(JSON.parse(again.out)).toEqual({
    totals: { read: 2, amended: 0, unchanged: 2, pruned: 0, erased: 0, damaged: 0, findings: 0 },
  })
  expect(await log.entries()).toHaveLength(5)
  const verified = await hooktrail(['verify'], {
    env: {
      DATABASE_URL: database.url,
      HOOKTRAIL_VERIFIED_FILE: `/tmp/reprocess-${String(process.pid)}/verified.json`,
    },
    now: NOW,
  })
  expect(verified.out).toContain('The log is whole.')
})

it('a person who waits sees how far it is, and nothing of that stays on the line', async () => {
  const { err } = await hooktrail(['reprocess', '--dry-run'], {
    env: { DATABASE_URL: database.url },
    now: NOW + 1000,
    columns: 80,
  })
  expect(err).toMatch(/\[·+\] +0 % of 2/)
  expect(err).toMatch(/\r +\r$/)
})

it('an entry and the one that replaced it name each other', async () => {
  expect((await ask('show', '1')).out).toMatch(/Replaced by +entry 4 \(reading 2 of the delivery\)/)
  expect((await ask('show', '4')).out).toMatch(/Replaces +entry 1 \(reading 1 of the delivery\)/)
  expect(JSON.parse((await ask('show', '1', '--json')).out)).toMatchObject({
    replaced_by: { reading: 2, first_seq: 3, entries: 2 },
  })
  expect((await ask('show', '0')).out).not.toContain('Replace')
  expect(
    (await ask('search', 'source:reprocess', '--ndjson')).out.trimEnd().split('\n'),
  ).toHaveLength(2)
})

it('a bundle takes both readings along, and holds without the database', async () => {
  await signCheckpoint(signerOf(database))
  const folder = emptyDataDir()
  const file = join(folder, 'bundle')
  const written = await ask('export', '--bundle', file, '--operator', 'auditor', 'seq:>=1')
  expect(written).toMatchObject({ code: 0, err: '' })
  const bundle = readFileSync(file, 'utf8')
  for (const action of ['github.repository.publicized', 'entry.amended', 'repository.publicized']) {
    expect(bundle.replaceAll('\\', '')).toContain(`"action":"${action}"`)
  }
  const [last] = await readLogKeys(database.pool)
  if (!last) throw new Error('the log was signed')
  const key = formatVerifierKey(last.key)
  const holds = await hooktrail(['verify', '--bundle', file, '--key', key])
  expect(holds).toMatchObject({ code: 0, err: '' })
  expect(holds.out).toContain('4 entries')

  writeFileSync(file, bundle.replace('replaces_seq\\":1', 'replaces_seq\\":0'))
  const forged = await hooktrail(['verify', '--bundle', file, '--key', key])
  expect(forged.code).toBe(1)
  expect(forged.err).toContain('entry 3')
})

it('a later reading replaces the one before it; an older name does not come back as the current one', async () => {
  await record('later', { ...DELETED, ref: 'other' }, 'delete', unknown('github.delete'))
  const earlier = draft({
    action: 'branch.deleted',
    actor: { type: 'user', id: 4, login: 'mona-new' },
  })
  const key = { ...delivery('reading:2:later', {}, 'delete'), kind: 'reprocess' as const }
  await new Appender(database, () => NOW).append({
    delivery: { ...key, body: new Uint8Array() },
    drafts: [draft({ action: 'entry.amended' }), { ...earlier, labels: { reading: 2 } }],
  })
  await database.pool.query(`UPDATE subject SET login = 'mona-new' WHERE key = '4'`)

  expect((await ask('reprocess')).out).toContain('(reading 2)')
  expect((await log.entries()).at(-1)).toMatchObject({
    action: 'ref.delete_reported',
    actor: { login: 'mona' },
    source: { delivery_id: 'reading:3:later' },
  })
  expect((await ask('reprocess', '--dry-run')).code).toBe(0)
  const { rows } = await database.pool.query(`SELECT login FROM subject WHERE key = '4'`)
  expect(rows).toEqual([{ login: 'mona-new' }])
})

it('what was pruned, damaged or erased is not read, and only what is asked for', async () => {
  for (const guid of ['pruned', 'damaged', 'erased']) {
    await record(
      guid,
      { ...PUBLICIZED, n: guid },
      'repository',
      unknown('github.repository.publicized'),
    )
  }
  const first = `(SELECT first_seq FROM delivery WHERE guid = $1)`
  await database.pool.query(`DELETE FROM delivery_body WHERE first_seq = ${first}`, ['pruned'])
  await database.pool.query(`DELETE FROM log_opening WHERE seq = ${first}`, ['erased'])
  await database.pool.query(
    `WITH gone AS (DELETE FROM delivery_body WHERE first_seq = ${first} RETURNING first_seq, received_at, headers)
     INSERT INTO delivery_body SELECT gone.*, other.body FROM gone, delivery_body other WHERE other.first_seq = 0`,
    ['damaged'],
  )
  const size = (await log.entries()).length

  const answer = await ask('reprocess', '--json', '--event', 'repository')
  expect(JSON.parse(answer.out)).toMatchObject({
    totals: { pruned: 1, erased: 1, read: 1, amended: 0, damaged: 1 },
  })
  expect(await log.entries()).toHaveLength(size)
  const later = await ask('reprocess', '--json', '--since', '2026-11-02')
  expect(JSON.parse(later.out)).toMatchObject({ totals: { read: 0, pruned: 0 } })
  const unread = await ask('reprocess', '--since', 'soon')
  expect(unread.code).toBe(2)
  expect(unread.err).toContain('“soon” is no date')
})

it('somebody who may have been erased since is not brought back by an old delivery', async () => {
  const stranger = { ...PUBLICIZED, sender: { id: 5, login: 'gone', type: 'User' } }
  await record('old', stranger, 'repository', [draft({ action: 'github.repository.publicized' })])
  await record('act', {}, 'x', [draft({ action: 'person.erased' })])
  await database.pool.query(
    `INSERT INTO erasure SELECT gen_random_uuid(), seq FROM log_entry WHERE action = 'person.erased'`,
  )

  const answer = await ask('reprocess', '--json')
  expect(JSON.parse(answer.out.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    totals: { erased: 2 },
  })
  const { rows } = await database.pool.query(`SELECT FROM subject WHERE login = 'gone'`)
  expect(rows).toHaveLength(0)
})
