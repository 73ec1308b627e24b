import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { testDatabase, type TestDatabase } from '../support/database.js'
import { hooktrail, type Answer } from './terminal.js'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

function ask(...args: readonly string[]): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: database.url, HOOKTRAIL_LOGIN: 'mona' } })
}

it('makes a token, shows it once, lists it and ends it', async () => {
  const made = await ask('token', 'create', '--name', 'siem', '--scope', 'read', '--org', 'acme')
  expect(made.out).toMatch(/^htk_[\w-]{43}\n$/)
  expect(made.err).toMatch(/^This is shown once\. Id [0-9a-f-]{36}, acme, expires 2027-01-30\.\n$/)

  const listed = await ask('token', 'list', '--json')
  expect(listed.out).not.toContain(made.out.trim())
  const { tokens } = JSON.parse(listed.out) as { tokens: { id: string }[] }
  expect(tokens).toMatchObject([
    { name: 'siem', scopes: ['read'], organisations: ['acme'], last_used_at: null },
  ])

  const id = tokens[0]?.id ?? ''
  expect(await ask('token', 'revoke', id)).toMatchObject({
    code: 0,
    out: 'The token “siem” is revoked.\n',
  })
  expect((await ask('token', 'list')).out).toContain('revoked 2026-11-01')
  expect((await ask('search', 'action:token.*', '--ndjson')).out.split('\n')).toHaveLength(3)
})

it.each([
  [[], ['read']],
  [['--scope', 'log:read'], ['log:read']],
  [
    ['--scope', 'export,admin', '--scope', 'export'],
    ['export', 'admin'],
  ],
])('grants with %j nothing but %j', async (flags, scopes) => {
  const made = await ask('token', 'create', '--name', 'narrow', ...flags, '--json')
  expect([made.code, JSON.parse(made.out)]).toMatchObject([0, { scopes }])
})

describe('refuses', () => {
  it.each([
    [['create'], '--name'],
    [['create', '--name', 'x', '--scope', 'write'], 'read, export, admin, log:read'],
    [['create', '--name', 'x', '--repo', 'acme'], 'acme/shop'],
    [['create', '--name', 'x', '--expires', '90'], '1d to 3650d, or never'],
    [['create', '--name', 'x', '--scope', 'log:read', '--org', 'acme'], 'cannot be limited'],
    [['create', '--name', ' '], '1 to 100 characters'],
    [['revoke', 'htk_secret'], 'hooktrail token list'],
  ])('%j', async (args, remedy) => {
    const { code, err } = await ask('token', ...args)
    expect([code, err]).toEqual([2, expect.stringContaining(remedy)])
    expect(err).not.toContain('htk_')
  })

  it('an id that no token has', async () => {
    const { code, err } = await ask('token', 'revoke', '00000000-0000-4000-8000-000000000000')
    expect([code, err]).toEqual([1, expect.stringContaining('There is no token')])
  })
})
