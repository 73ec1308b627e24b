import { readFileSync } from 'node:fs'

import { expect, it } from '@jest/globals'

import { fieldTable, parseQuery } from '../../../src/core/search/index.js'

const page = readFileSync(new URL('../../../docs/query-language.md', import.meta.url), 'utf8')

it('docs/query-language.md lists every key with its values and its meaning: npm run docs', () => {
  expect(page).toContain(fieldTable())
})

it('every example of docs/query-language.md is understood', () => {
  const examples = /```\n([^`]+)\n```/.exec(page)?.[1]?.split('\n') ?? []
  const inText = [...page.matchAll(/`([a-z]+:[^`]+)`/g)].map(([, query = '']) => query)
  expect(examples.length + inText.length).toBeGreaterThan(20)
  for (const query of [...examples, ...inText]) {
    if (query !== 'key:value') parseQuery(query, { now: 0 })
  }
})
