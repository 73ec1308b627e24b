import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'

import { personal } from '../../src/core/domain/index.js'
import { Appender, findPerson, logSize, verifyLog } from '../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

const YES = ['--reason', 'request of 2026-11-20', '--yes']
/** Clears the screen, writes a title, and turns the line around. */
const HOSTILE = 'evil\u001b[2J\u001b]0;owned\u0007\u202egpj\n--yes'

let database: TestDatabase
let appender: Appender
let appended = 0

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => NOW)
})
afterAll(async () => {
  await database.drop()
})
beforeEach(() => append('octocat', 1))

async function append(login: string, id: number): Promise<void> {
  appended += 1
  const actor = { type: 'user', id, login } as const
  const drafts = [draft({ actor, reason: personal(`because ${login} says so`) })]
  await appender.append({ delivery: delivery(`guid-${String(appended)}`), drafts })
}

function ask(...args: readonly string[]): Promise<Answer> {
  return hooktrail([...args], { env: { DATABASE_URL: database.url } })
}

async function isKnown(login: string): Promise<boolean> {
  return (await findPerson(database, login)).length > 0
}

describe('hooktrail person', () => {
  it('says of somebody unknown that nobody is known so, and records nothing', async () => {
    const size = await logSize(database)
    for (const args of [['show'], ['erase'], ['erase', ...YES]]) {
      const [verb = '', ...flags] = args
      const said = await ask('person', verb, 'nobody-at-all', ...flags)
      expect(said).toEqual({ code: 1, out: '', err: 'The log knows nobody as nobody-at-all.\n' })
    }
    expect(await logSize(database)).toBe(size)
  })

  it('shows what the log holds, as text and as NDJSON, and records that it did, with who and why', async () => {
    const shown = await ask('person', 'show', 'octocat')
    expect(shown).toMatchObject({ code: 0, err: '' })
    expect(shown.out).toContain('/reason: because octocat says so')
    const json = await ask(
      'person',
      'show',
      '1',
      '--json',
      '--operator',
      'mona',
      '--reason',
      'art. 15',
    )
    const lines = json.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines[0]).toMatchObject({ subject: { login: 'octocat', match: 'id' } })
    expect(lines[1]).toMatchObject({ entry: { texts: { '/actor/login': 'octocat' } } })
    const { out } = await ask('show', String((await logSize(database)) - 1), '--json')
    expect(JSON.parse(out)).toMatchObject({
      entry: { action: 'person.disclosed', actor: { login: 'mona' }, reason: 'art. 15' },
    })
  })

  it('erases nothing without --yes, and nothing without a reason', async () => {
    const size = await logSize(database)
    const plan = await ask('person', 'erase', 'octocat')
    expect(plan.code).toBe(0)
    expect(plan.out).toMatch(/What would go:\n.*\n.*\n.*1 rows/)
    expect(plan.out).toContain('Nothing was changed.')
    const { out } = await ask('person', 'erase', 'octocat', '--json')
    expect(JSON.parse(out)).toMatchObject({ subjects: [{ login: 'octocat' }], holds: [] })
    for (const reason of [[], ['--reason', '  ']]) {
      const refused = await ask('person', 'erase', 'octocat', '--yes', ...reason)
      expect(refused).toMatchObject({ code: 2, out: '' })
      expect(refused.err).toContain('say why: --reason')
    }
    expect([await logSize(database), await isKnown('octocat')]).toEqual([size, true])
  })

  it('erases with a reason and --yes, says what backups hold, and has nothing left the second time', async () => {
    const erased = await ask('person', 'erase', 'octocat', ...YES)
    expect(erased).toMatchObject({ code: 0, err: '' })
    expect(erased.out).toMatch(
      /^Erased: text in \d+ entries.*Entry \d+ \(person\.erased\) says so\.\nBackups still hold it/,
    )
    expect(await isKnown('octocat')).toBe(false)
    expect((await ask('search', 'actor:octocat', '--json')).out).not.toContain('octocat')
    expect(await ask('person', 'erase', 'octocat', ...YES)).toMatchObject({ code: 1, out: '' })
    await append('octocat', 1)
    const { out } = await ask('person', 'erase', 'octocat', ...YES, '--json')
    expect(JSON.parse(out)).toMatchObject({ outcome: 'erased', openings: 1, bodies: 1 })
    expect((await verifyLog(database)).problems).toEqual([])
  })

  it('asks which of several accounts is meant', async () => {
    await append('twin', 21)
    await append('twin', 22)
    const { code, err } = await ask('person', 'erase', 'twin', ...YES)
    expect(code).toBe(2)
    const [one = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(err) ?? []
    expect(await ask('person', 'erase', one, ...YES)).toMatchObject({ code: 0 })
    expect(await findPerson(database, 'twin')).toHaveLength(1)
  })

  it('is not driven by the names that it shows', async () => {
    await append(HOSTILE, 66)
    await ask('hold', 'add', '--person', '66', '--reason', HOSTILE)
    for (const args of [
      ['person', 'show', '66'],
      ['person', 'erase', '66'],
      ['person', 'erase', '66', ...YES],
      ['person', 'erase', HOSTILE],
      ['person', 'show', `no\u001b[2J${HOSTILE}`],
      ['hold', 'list'],
      ['hold', 'add', '--person', `no\u001b[2J${HOSTILE}`, '--reason', 'x'],
    ]) {
      const { out, err } = await ask(...args)
      expect(out + err).not.toBe('')
      expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
      expect(out + err).not.toMatch(/^--yes/m)
    }
    expect(await isKnown('66')).toBe(true)
  })
})

describe('hooktrail hold', () => {
  it('is added, listed, stands in the way of an erasure, and is removed, each with a reason', async () => {
    expect(await ask('hold', 'add', '--person', 'octocat')).toMatchObject({ code: 2, out: '' })
    const added = await ask('hold', 'add', '--person', 'octocat', '--reason', 'litigation 17-204')
    const [number = ''] = /^\d+/.exec(added.out) ?? []
    expect(added).toMatchObject({ code: 0, err: '' })
    const { out } = await ask('hold', 'list', '--json')
    expect(JSON.parse(out)).toMatchObject({
      holds: expect.arrayContaining([
        expect.objectContaining({ number: Number(number), reason: 'litigation 17-204' }),
      ]) as unknown,
    })
    const refused = await ask('person', 'erase', 'octocat', ...YES)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain(`Legal hold ${number} forbids it`)
    expect(refused.err).toContain('litigation 17-204\nNothing was erased.')
    const planned = await ask('person', 'erase', 'octocat')
    expect([planned.code, planned.out]).toEqual([1, expect.stringContaining('forbids it')])
    const json = await ask('person', 'erase', 'octocat', ...YES, '--json')
    expect([json.code, JSON.parse(json.out)]).toEqual([
      1,
      expect.objectContaining({ outcome: 'held' }),
    ])
    expect(await isKnown('octocat')).toBe(true)
    expect(await ask('hold', 'remove', number)).toMatchObject({ code: 2 })
    expect(await ask('hold', 'remove', number, '--reason', 'settled')).toMatchObject({
      code: 0,
      out: `Hold ${number} is removed.\n`,
    })
    expect(await ask('hold', 'remove', number, '--reason', 'settled')).toMatchObject({ code: 1 })
  })

  it('refuses what cannot be held', async () => {
    const why = ['--reason', 'x']
    expect(await ask('hold', 'add', ...why)).toMatchObject({ code: 2 })
    expect(await ask('hold', 'add', '--repo', 'a/b', '--person', 'c', ...why)).toMatchObject({
      code: 2,
    })
    expect(await ask('hold', 'add', '--query', 'created:yesteryear', ...why)).toMatchObject({
      code: 2,
    })
    expect(await ask('hold', 'add', '--person', 'nobody-at-all', ...why)).toMatchObject({ code: 1 })
    expect(await ask('hold', 'remove', 'one', ...why)).toMatchObject({ code: 2 })
  })
})

describe('hooktrail prune', () => {
  const later = NOW + 100 * 86_400_000
  const prune = (...args: readonly string[]): Promise<Answer> =>
    hooktrail(['prune', ...args], { env: { DATABASE_URL: database.url }, now: later })

  it('removes nothing without --yes, keeps what is held, and names no text to be kept for ever', async () => {
    await ask('hold', 'add', '--query', 'actor:octocat', '--reason', 'audit')
    await append('hubot', 2)
    const size = await logSize(database)
    const plan = await prune()
    expect(plan).toMatchObject({ code: 0, err: '' })
    expect(plan.out).toMatch(
      /^raw deliveries older than 90 days: \d+ would be removed, [1-9]\d* held\nsealed texts: kept for ever\n$/,
    )
    expect(await logSize(database)).toBe(size)
    const done = await prune('--yes', '--operator', 'mona', '--reason', 'policy 4')
    expect(done.out).toBe(plan.out.replace('would be removed', 'removed'))
    const { out } = await ask('show', String(size), '--json')
    expect(JSON.parse(out)).toMatchObject({
      entry: { action: 'bodies.pruned', actor: { login: 'mona' }, reason: 'policy 4' },
    })
    expect((await prune('--yes')).out).toContain(' 0 removed')
    expect((await verifyLog(database)).problems).toEqual([])
  })
})
