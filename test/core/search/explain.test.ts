import { expect, it } from '@jest/globals'

import { explainQuery, FIELDS, parseQuery } from '../../../src/core/search/index.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')

function explain(text: string, timeZone = 'UTC'): string {
  return explainQuery(parseQuery(text, { now: NOW, timeZone }), timeZone)
}

it.each([
  ['', 'Every entry.'],
  ['deploy', 'Entries where the text “deploy” stands somewhere in it.'],
  [
    'actor:octocat,"a b" -is:bot',
    'Entries where the actor is octocat or “a b”, and it is not so that it was done by a bot or an app.',
  ],
  [
    'repo:acme/* OR (is:failed,rerun severity:>=high)',
    'Entries where the repository begins with acme/, or (it failed or it is a re-run, and the severity is high or more).',
  ],
  [
    '-actor:a,b -env:* -(x OR y)',
    'Entries where the actor is not a nor b, and the environment is not known, and it is not so that (the text “x” stands somewhere in it, or the text “y” stands somewhere in it).',
  ],
  [
    'attempt:2..5 -run:7',
    'Entries where the attempt is 2 to 5, and it is not so that the run is 7.',
  ],
  [
    'created:>-7d',
    'Entries where it happened at or after 2026-03-03 12:00:00.001 UTC. Times are those of UTC.',
  ],
])('explains %j', (text, sentence) => {
  expect(explain(text)).toBe(sentence)
})

it('tells days as the moments that they begin and end at, by the clocks of the zone', () => {
  expect(explain('created:2026-03-29', 'Europe/Berlin')).toBe(
    'Entries where it happened at or after 2026-03-29 00:00 +01:00 and before 2026-03-30 00:00 +02:00. Times are those of Europe/Berlin.',
  )
  expect(explain('-recorded:<2026-01-01', 'America/St_Johns')).toBe(
    'Entries where it is not so that it was recorded before 2026-01-01 00:00 -03:30. Times are those of America/St_Johns.',
  )
})

it('has words for every key and every fact', () => {
  const values = { sha: 'abcdef1', severity: 'high', created: 'today', recorded: 'yesterday' }
  const uuid = '0190a5b4-7c3e-7def-8abc-0123456789ab'
  const other = {
    pr: '12',
    target: 'ruleset:main',
    id: uuid,
    actor_id: uuid,
    repo: 'a/b',
    action: 'push.created',
  }
  for (const [key, field] of Object.entries(FIELDS)) {
    const [value] = 'values' in field ? field.values : []
    const given = Object.entries({ ...values, ...other }).find(([name]) => name === key)?.[1]
    expect(explain(`${key}:${value ?? given ?? '12'}`)).toMatch(/^Entries where (the|it) .*\.$/)
  }
})
