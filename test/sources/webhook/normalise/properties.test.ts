import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { type EntryDraft, type Json, type JsonObject } from '../../../../src/core/domain/index.js'
import { EXAMPLES, leafText, read } from './reading.js'

const LONGEST_LEAF = 65_535
const EVENTS = [
  'secret_scanning_alert',
  'secret_scanning_alert_location',
  'repository_ruleset',
  'branch_protection_configuration',
  'security_and_analysis',
  ...EXAMPLES.map(({ name }) => name),
]

const anyEvent = fc.oneof(fc.constantFrom(...EVENTS), fc.string({ unit: 'binary', maxLength: 300 }))
const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }) as fc.Arbitrary<Json>
const anyObject = fc.dictionary(fc.string({ unit: 'binary' }), anyJson)

const examples = EXAMPLES.flatMap(({ name, examples: all }) =>
  all.map((payload) => [name, payload] as const),
)

/** GitHub's examples with any value anywhere: the shapes that bugs are made of. */
const brokenExample = fc
  .tuple(fc.nat(examples.length - 1), fc.nat(), fc.array(anyJson, { minLength: 1, maxLength: 5 }))
  .map(([which, seed, values]) => {
    const [event, payload] = examples[which] ?? ['push', {}]
    return { event, payload: object(broken(payload, { dice: seed, values })) }
  })

interface Breakage {
  dice: number
  readonly values: readonly Json[]
}

/** Replaces about one value in thirty. */
function broken(value: Json | undefined, breakage: Breakage): Json {
  // The linear congruential generator of Numerical Recipes.
  breakage.dice = (Math.imul(breakage.dice, 1664525) + 1013904223) >>> 0
  const top = breakage.dice >>> 16
  if (top % 30 === 0) return breakage.values[top % breakage.values.length] ?? null
  if (Array.isArray(value)) return value.map((one: Json) => broken(one, breakage))
  if (typeof value !== 'object' || value === null) return value ?? null
  const members = Object.entries(value).map(([name, one]) => [name, broken(one, breakage)])
  return Object.fromEntries(members) as JsonObject
}

function object(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {}
}

function expectRecordable(drafts: readonly EntryDraft[]): void {
  expect(drafts.length).toBeGreaterThan(0)
  for (const draft of drafts) {
    const leaf = leafText(draft)
    expect(Buffer.byteLength(leaf)).toBeLessThanOrEqual(LONGEST_LEAF)
    // PostgreSQL holds no U+0000 in text, and what is cut must not end in half a character.
    expect(leaf).not.toMatch(/(?<!\\)(?:\\\\)*\\u0000/)
    expect(draft.action).toMatch(/^[a-z][a-z0-9_.]{0,99}$/)
    expect(new Date(draft.occurred_at).toISOString()).toBe(draft.occurred_at)
    for (const { url } of draft.links ?? []) expect(url).toMatch(/^https?:\/\/[^\s"'<>]+$/)
  }
}

describe('any payload', () => {
  it('under any event name becomes entries that the log can hold', () => {
    fc.assert(
      fc.property(anyEvent, anyObject, (event, payload) => {
        expectRecordable(read(event, payload))
      }),
      { numRuns: 1000 },
    )
  })

  it('that is nearly one of GitHub’s becomes entries, and no normaliser gives up', () => {
    fc.assert(
      fc.property(brokenExample, ({ event, payload }) => {
        const drafts = read(event, payload)
        expectRecordable(drafts)
        expect(drafts.some(({ labels }) => labels?.['normaliser_failed'] === true)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same drafts again', () => {
    fc.assert(
      fc.property(brokenExample, ({ event, payload }) => {
        expect(read(event, payload)).toEqual(read(event, payload))
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    'push',
    'workflow_job',
    'repository_ruleset',
    'workflow_run',
    'installation',
    'unheard_of',
  ])('of %s whose texts and lists are all huge fits the log', (event) => {
    const huge = (text: string): JsonObject => {
      const long = text.repeat(3000)
      const user = { id: 1, login: long, type: 'User', name: long }
      const item: JsonObject = {
        id: 7,
        name: long,
        path: long,
        message: long,
        conclusion: 'failure',
        sha: long,
        type: long,
        full_name: long,
        author: { name: long, email: long, username: long },
        url: long,
        added: [`.github/workflows/${long}`],
        modified: ['.github/workflows/a.yml'],
        removed: [long],
        parameters: { long },
        actor_type: 'User',
        actor_id: 5,
      }
      const items = Array.from({ length: 600 }, () => item)
      const thing: JsonObject = {
        ...item,
        steps: items,
        labels: [long, long],
        referenced_workflows: items,
        rules: items,
        bypass_actors: items.slice(0, 80),
        conditions: { [long]: items.slice(0, 80) },
        permissions: item,
        html_url: long,
        head_branch: long,
        display_title: long,
        actor: user,
        triggering_actor: { ...user, id: 2 },
      }
      return {
        action: 'completed',
        ref: `refs/heads/${long}`,
        before: long,
        after: long,
        commits: items,
        head_commit: item,
        sender: { ...user, id: 3 },
        pusher: { name: long, email: long },
        repository: { ...REPO, name: long, full_name: long },
        organization: { id: 3, login: long },
        workflow_job: thing,
        workflow_run: thing,
        repository_ruleset: thing,
        installation: thing,
        repositories: items,
        changes: Object.fromEntries(items.map((_, at) => [`${String(at)}${text}`, { from: long }])),
      }
    }
    for (const text of ['a', '\u0001', '€', '😀', '\ud800', '\0', '"']) {
      expectRecordable(read(event, huge(text)))
    }
  })

  it('nested deeper than the stack is recorded', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as Json
    const payload = {
      action: 'created',
      rule: { deep },
      repository_ruleset: { conditions: { deep }, rules: [deep] },
      changes: { deep: { from: deep } },
      commits: deep,
      alert: deep,
    }
    for (const event of EVENTS) expectRecordable(read(event, payload))
  })

  it('with names of Object.prototype is recorded', () => {
    const payload = JSON.parse(
      '{"action":"constructor","__proto__":{"action":"x"},"changes":{"__proto__":{"from":1},"toString":{"from":2}},"conclusion":"toString"}',
    ) as JsonObject
    for (const event of [...EVENTS, '__proto__', 'constructor']) {
      expectRecordable(read(event, payload))
    }
  })
})

const REPO = { id: 1, html_url: 'https://github.com/acme/shop', default_branch: 'main' }
