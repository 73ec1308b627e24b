import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { Appender } from '../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW, type Answer } from './terminal.js'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const failed = draft({ outcome: 'failure', actor: { type: 'user', id: 4, login: 'mona' } })
  const drafts = [draft(), failed]
  await new Appender(database, () => NOW).append({ delivery: delivery('first'), drafts })
})
afterAll(() => database.drop())

let second = 0
function ask(...args: readonly string[]): Promise<Answer> {
  second += 1
  const env = { DATABASE_URL: database.url, HOOKTRAIL_LOGIN: 'mona' }
  return hooktrail(args, { env, now: NOW + second * 1000 })
}

async function changes(): Promise<unknown> {
  const { out } = await ask('search', 'action:saved_query.*', '--ndjson')
  return out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

it('a query is saved, named wherever a query is taken, changed and removed, and each change is an entry', async () => {
  expect((await ask('query', 'list')).err).toContain('No query is saved')
  const saved = await ask('query', 'save', 'acme/failures', 'is:failed OR outcome:cancelled')
  expect(saved).toEqual({ code: 0, out: 'saved:acme/failures is saved: entry 2.\n', err: '' })
  expect((await ask('query', 'save', 'acme/mine', 'saved:failures', 'actor:@me')).code).toBe(0)
  expect((await ask('query', 'save', 'acme/mine', 'saved:failures actor:@me')).out).toContain(
    'already',
  )

  expect((await ask('search', 'saved:mine', '--csv')).out.split('\r\n')).toHaveLength(3)
  expect((await ask('tail', '-saved:acme/mine')).out).toContain('push.created')
  expect((await ask('who', 'mona', 'saved:failures')).out).toContain('1 entry')
  expect((await ask('explain', 'saved:mine')).out).toContain('the actor is mona')
  expect((await ask('query', 'show', 'acme/mine')).out).toBe('saved:failures actor:@me\n')
  expect((await ask('query', 'list')).out).toMatch(/^acme\/failures +is:failed OR/m)

  await ask('query', 'save', 'acme/failures', '-is:human')
  await ask('query', 'save', 'acme/failures', 'is:failed')
  expect((await ask('query', 'remove', 'acme/mine')).out).toContain('is removed')
  expect(JSON.parse((await ask('query', 'list', '--json')).out)).toEqual({
    saved: [{ organisation: 'acme', name: 'failures', query: 'is:failed' }],
  })
  const mona = { type: 'user', login: 'mona' }
  const before = 'is:failed OR outcome:cancelled'
  const one = (action: string, change: object): unknown =>
    expect.objectContaining({
      action: `saved_query.${action}`,
      actor: expect.objectContaining(mona),
      changes: [{ path: 'query', ...change }],
    })
  expect(await changes()).toEqual([
    one('deleted', { before: 'saved:failures actor:@me' }),
    one('updated', { before: '-is:human', after: 'is:failed' }),
    one('updated', { before, after: '-is:human' }),
    one('created', { after: 'saved:failures actor:@me' }),
    one('created', { after: before }),
  ])
})

it('what cannot be meant is not saved', async () => {
  for (const [name, query, message] of [
    ['failures', 'is:failed', 'organisation/name'],
    ['acme/x', 'acter:y', 'did you mean “actor:”'],
    ['acme/x', 'saved:x', 'would be part of itself'],
    ['acme/x', 'saved:nothing', 'no query is saved as “nothing”'],
  ] as const) {
    const { code, err } = await ask('query', 'save', name, query)
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  }
  expect((await ask('query', 'show', 'acme/x')).code).toBe(1)
  expect((await ask('query', 'remove', 'acme/x')).code).toBe(1)
  expect((await ask('search', 'saved:x')).code).toBe(2)
})
