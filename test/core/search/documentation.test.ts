import { readFileSync } from 'node:fs'

import { expect, it } from '@jest/globals'

import { fieldTable, parseQuery, printQuery } from '../../../src/core/search/index.js'

/** What the page’s examples name. */
const CONTEXT = {
  now: 0,
  me: 'mona',
  saved: ['name', 'deploys-by-hand'].map((name) => ({
    organisation: 'acme',
    name,
    text: 'is:human',
  })),
}

const page = readFileSync(new URL('../../../docs/query-language.md', import.meta.url), 'utf8')

it('docs/query-language.md lists every key with its values and its meaning: npm run docs', () => {
  expect(page).toContain(fieldTable())
})

it('every example of docs/query-language.md is understood', () => {
  const examples = /```\n([^`]+)\n```/.exec(page)?.[1]?.split('\n') ?? []
  const inText = [...page.matchAll(/`([a-z]+:[^`]+)`/g)].map(([, query = '']) => query)
  expect(examples.length + inText.length).toBeGreaterThan(20)
  for (const query of [...examples, ...inText]) {
    if (query !== 'key:value') parseQuery(query, CONTEXT)
  }
})

it('every query for a question that people have is understood, and means something else than the others', () => {
  const queries = [...page.matchAll(/```query\n([^`]+)\n```/g)].map(([, query = '']) => query)
  expect(queries.length).toBeGreaterThan(8)
  const printed = queries.map((query) => printQuery(parseQuery(query, { now: 0 })))
  expect(new Set(printed).size).toBe(queries.length)
})
