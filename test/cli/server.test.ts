import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { Appender } from '../../src/ledger/index.js'
import { delivery, draft } from '../support/deliveries.js'
import { THINGS } from '../support/things.js'
import { servedLog, TOKEN, type ServedLog } from './served-log.js'
import { hooktrail, NOW, type Answer, type Circumstances } from './terminal.js'

let log: ServedLog
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hooktrail-client-'))
  log = await servedLog()
})
afterAll(async () => {
  await log.close()
  await rm(directory, { recursive: true })
})

function askDatabase(args: readonly string[], more: Circumstances = {}): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: log.database.url }, ...more })
}

describe('a server answers as its database does, byte for byte', () => {
  it.each([
    ['search'],
    ['search --utc -n 2'],
    ['search --json --limit 3'],
    ['search --json --all is:failed OR action:push.*'],
    ['search --csv --all'],
    ['search --ndjson -n 4'],
    ['search saved:failures'],
    ['search saved:nothing'],
    ['search actor:nobody'],
    ['search actr:mona'],
    ['search ".."'],
    ['search --tz Asia/Tokyo created:2026-11-01 -n 1'],
    ['explain saved:failures created:>-7d'],
    ['tail'],
    ['tail -n 2 --json -is:failed'],
    ['show 0'],
    ['show 1 --json'],
    ['show 2'],
    ['show 2 --json'],
    ['show 3 --proof'],
    ['show 99'],
    ['show x'],
    ['show ..'],
    [`run ${String(THINGS.run)}`],
    [`run ${String(THINGS.run)} --json --utc`],
    ['run 1'],
    [`state deployment ${String(THINGS.deployment)}`],
    [`state pr acme/shop#${String(THINGS.pull)} --json`],
    ['state pr acme/shop#99'],
    ['state pr ../..#1'],
    ['state repo acme/shop'],
    ['state repo acme/old --json'],
    ['state repo 11 --utc'],
    ['state account acme'],
    ['state account ..'],
    ['state account a+b'],
    [`state installation ${String(THINGS.installation)}`],
    ['state subject hubot-person --json'],
    ['state subject nobody'],
    ['who octocat created:>=2026-01-01'],
    ['who hubot-person --json created:>=2026-01-01'],
    ['who nobody'],
    ['facets'],
    ['facets --json is:failed -n 2'],
    ['histogram'],
    ['histogram --json --tz Europe/Berlin created:>=2026-10-01'],
    ['query list'],
    ['query list --json'],
    ['query show acme/failures'],
    ['query show acme/nothing'],
  ])('%s', async (line) => {
    const args = line.split(' ')
    const [local, remote] = [await askDatabase(args), await log.ask(args)]
    expect(remote).toEqual(local)
    expect(local.out + local.err).not.toBe('')
  })

  it('on a terminal too', async () => {
    const look = { columns: 80, colors: true }
    for (const args of [['search'], ['show', '2'], ['who', 'octocat']]) {
      expect(await log.ask(args, look)).toEqual(await askDatabase(args, look))
    }
  })

  it('sends what @me and relative dates mean here', async () => {
    const env = { HOOKTRAIL_LOGIN: 'octocat' }
    const remote = { HOOKTRAIL_URL: log.url, HOOKTRAIL_TOKEN: TOKEN, ...env }
    const local = { DATABASE_URL: log.database.url, ...env }
    const args = ['search', '@me', 'actor:@me', 'created:>-1d']
    expect(await hooktrail(args, { env: remote })).toEqual(await hooktrail(args, { env: local }))
  })
})

it('tail --follow shows what comes, from the server too, until it is interrupted', async () => {
  const abort = new AbortController()
  const seen: unknown[] = []
  const appender = new Appender(log.database, () => NOW)
  const onOut = (text: string): void => {
    for (const line of text.split('\n').filter(Boolean)) seen.push(JSON.parse(line))
    if (seen.length === 1) {
      const drafts = [draft({ outcome: 'failure' }), draft()]
      void appender.append({ delivery: delivery('next'), drafts })
    }
    if (seen.length >= 2) abort.abort('signal')
  }
  const args = ['tail', '-f', '--json', '-n', '1', 'is:failed']
  const { code, err } = await log.ask(args, { interrupted: abort.signal, onOut })
  expect([code, err]).toEqual([130, ''])
  expect(seen).toMatchObject([{ outcome: 'failure', seq: 1 }, { outcome: 'failure' }])
})

describe('which log is asked', () => {
  it('is the one of --server with the token of a file, also before the command', async () => {
    const file = path.join(directory, 'token')
    await writeFile(file, `${TOKEN}\n`)
    const flags = ['--server', log.url, '--token-file', file]
    const expected = await askDatabase(['search', '-actor:hubot-person'])
    expect(await hooktrail([...flags, 'search', '-actor:hubot-person'])).toEqual(expected)
    expect(await hooktrail(['search', '-actor:hubot-person', ...flags])).toEqual(expected)
    const env = { HOOKTRAIL_URL: log.url, HOOKTRAIL_TOKEN_PATH: file }
    expect(await hooktrail(['search', '-actor:hubot-person'], { env })).toEqual(expected)
  })

  it('is the database where there is an address but no token, and with --no-server', async () => {
    const env = { DATABASE_URL: log.database.url, HOOKTRAIL_URL: 'https://nowhere.invalid' }
    const expected = await askDatabase(['search'])
    expect(await hooktrail(['search'], { env })).toEqual(expected)
    const both = { ...env, HOOKTRAIL_TOKEN: TOKEN }
    expect(await hooktrail(['search', '--no-server'], { env: both })).toEqual(expected)
  })

  it('has to be clear, and the token is in no message', async () => {
    const cases = [
      [{ HOOKTRAIL_TOKEN: TOKEN }, [], 'no server that it is for'],
      [{ HOOKTRAIL_TOKEN: TOKEN, HOOKTRAIL_URL: 'ftp://x' }, [], 'HOOKTRAIL_URL is not an http'],
      [{}, ['--server', log.url], 'a token is needed to ask'],
      [
        {},
        ['--server', log.url, '--token-file', '/nonexistent'],
        'cannot be read (ENOENT): name another with --token-file or HOOKTRAIL_TOKEN_PATH',
      ],
      [{ HOOKTRAIL_TOKEN: `${TOKEN} x` }, [], 'HOOKTRAIL_TOKEN has characters other than'],
      [{ HOOKTRAIL_TOKEN: TOKEN }, ['--server', 'hooktrail.example'], 'is no address of a server'],
      [
        { HOOKTRAIL_TOKEN: TOKEN },
        ['--server', 'http://hooktrail.example.com'],
        'is not encrypted: whoever',
      ],
      [{ HOOKTRAIL_TOKEN: TOKEN }, ['--server', 'https://me:pw@x.example'], 'no user, query or'],
    ] as const
    for (const [env, flags, message] of cases) {
      const { code, out, err } = await hooktrail(['search', ...flags], { env })
      expect([code, out, err]).toEqual([2, '', expect.stringContaining(message)])
      expect(err).not.toContain(TOKEN)
    }
  })

  it('gives a hundred values of a field at most, and says what to do for more', async () => {
    const { code, err } = await log.ask(['facets', '--limit', '101'])
    expect([code, err]).toEqual([2, expect.stringContaining('--limit 100, or --no-server where')])
  })

  it.each([
    ['verify'],
    ['person show octocat'],
    ['prune'],
    ['jobs'],
    ['query remove acme/failures'],
  ])('cannot be a server for %s', async (line) => {
    const { code, out, err } = await log.ask(line.split(' '))
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('this needs the database itself')
    expect(err).toContain('--no-server')
  })
})
