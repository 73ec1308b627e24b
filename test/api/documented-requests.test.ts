import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, expect, it } from '@jest/globals'

import { createApi } from '../../src/api/index.js'
import { Appender } from '../../src/ledger/index.js'
import { silent, testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'

const TOKEN = 'a-token-of-at-least-32-characters'
const NOW = Date.UTC(2026, 10, 2)

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const drafts = [draft(), draft({ outcome: 'failure' })]
  await new Appender(database, () => NOW).append({ delivery: delivery('one'), drafts })
})
afterAll(() => database.drop())

/** Every call of curl in the fenced blocks of the page. */
const CALLS = [...readFileSync('docs/api.md', 'utf8').matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(
  ([, block = '']) => block.split('\n').filter((line) => line.startsWith('curl ')),
)

/** The words of a line as a shell cuts them, with the variables that the page uses. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)]
  return words.map(([, single, double, plain]) =>
    single === undefined ? (double ?? plain ?? '').replaceAll('$TOKEN', TOKEN) : single,
  )
}

/** What curl would send; flags that are not known here fail. */
function requestOf(line: string): { readonly url: URL; readonly headers: Headers } {
  const headers = new Headers()
  const data: [string, string][] = []
  let url: URL | undefined
  const [, ...words] = wordsOf(line)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-H') headers.append(...splitAt(words.shift(), ': '))
    else if (word === '--data-urlencode') data.push(splitAt(words.shift(), '='))
    else if (!['-N', '--get', '--compressed'].includes(word)) url = new URL(word)
  }
  if (!url || (data.length > 0 && !line.includes(' --get '))) throw new Error(`no GET: ${line}`)
  for (const [name, value] of data) url.searchParams.append(name, value)
  return { url, headers }
}

function splitAt(text: string | undefined, sign: string): [string, string] {
  const at = text?.indexOf(sign) ?? -1
  if (text === undefined || at < 0) throw new Error(`“${String(text)}” has no “${sign}”`)
  return [text.slice(0, at), text.slice(at + sign.length)]
}

it('the page shows how to ask', () => {
  expect(CALLS.length).toBeGreaterThanOrEqual(4)
})

it.each(CALLS)('%s', async (line) => {
  const config = { timeZone: 'UTC', apiToken: TOKEN }
  const api = createApi({ database, config, version: '1', now: () => NOW, log: silent })
  const { url, headers } = requestOf(line)
  const response = await api.request(url.pathname + url.search, { headers })
  expect(response.status).toBe(200)
  await response.body?.cancel()
})
