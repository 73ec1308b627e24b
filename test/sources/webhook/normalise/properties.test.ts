import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { type EntryDraft, type Json, type JsonObject } from '../../../../src/core/domain/index.js'
import { allExamples } from '../../../cases/examples.js'
import { leafText, read } from './reading.js'

const LONGEST_LEAF = 65_535
/** GitHub's examples, and a payload of each event and action that has none. */
const EXAMPLES = allExamples()
const EVENTS = [...new Set(EXAMPLES.map(({ event }) => event))]

const anyEvent = fc.oneof(fc.constantFrom(...EVENTS), fc.string({ unit: 'binary', maxLength: 300 }))
const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }) as fc.Arbitrary<Json>
const anyObject = fc.dictionary(fc.string({ unit: 'binary' }), anyJson)

/** GitHub's examples with any value anywhere: the shapes that bugs are made of. */
const brokenExample = fc
  .tuple(fc.nat(EXAMPLES.length - 1), fc.nat(), fc.array(anyJson, { minLength: 1, maxLength: 5 }))
  .map(([which, seed, values]) => {
    const { event, payload } = EXAMPLES[which] ?? { event: 'push', payload: {} }
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

/** GitHub's examples with about every tenth member left out. */
const prunedExample = fc.tuple(fc.nat(EXAMPLES.length - 1), fc.nat()).map(([which, seed]) => {
  const { event, payload } = EXAMPLES[which] ?? { event: 'push', payload: {} }
  return { event, payload: object(pruned(payload, { dice: seed })) }
})

function pruned(value: Json | undefined, breakage: { dice: number }): Json {
  if (Array.isArray(value)) return value.map((one: Json) => pruned(one, breakage))
  if (typeof value !== 'object' || value === null) return value ?? null
  const kept = Object.entries(value).filter(([name]) => {
    breakage.dice = (Math.imul(breakage.dice, 1664525) + 1013904223) >>> 0
    return name === 'action' || (breakage.dice >>> 16) % 10 !== 0
  })
  return Object.fromEntries(kept.map(([name, one]) => [name, pruned(one, breakage)]))
}

/** An example in which every text is as long as a book page, and every list has many members. */
function inflated(value: Json | undefined, text: string, copies: number): Json {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) {
    const [first] = value as readonly Json[]
    const one = first === undefined ? { id: 1, name: text } : inflated(first, text, 2)
    return Array.from({ length: copies }, () => one)
  }
  if (typeof value !== 'object' || value === null) return value ?? null
  const members = Object.entries(value).map(([name, one]) => [
    name,
    name === 'action' || name === 'type' ? (one ?? null) : inflated(one, text, copies),
  ])
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

  it('that lacks any of its members becomes entries with a name, and no normaliser gives up', () => {
    fc.assert(
      fc.property(prunedExample, ({ event, payload }) => {
        const drafts = read(event, payload)
        expectRecordable(drafts)
        expect(drafts.some(({ labels }) => labels?.['normaliser_failed'] === true)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it.each(['\u0001', '😀', '\ud800', 'Ꙭ', '\u202e'])(
    'of any event whose texts are all long runs of %j, and whose lists are long, fits the log',
    (text) => {
      for (const { event, payload } of EXAMPLES) {
        const drafts = read(event, object(inflated(payload, text.repeat(3000), 300)))
        expectRecordable(drafts)
        expect(drafts.some(({ labels }) => labels?.['normaliser_failed'] === true)).toBe(false)
      }
    },
  )

  it('of 25 MB is recorded, cut', () => {
    const body = 'x'.repeat(25_000_000)
    const pull = { number: 7, body, title: body, head: { ref: body }, user: { id: 1, login: body } }
    const changes = { body: { from: body } }
    expectRecordable(read('pull_request', { action: 'edited', pull_request: pull, changes }))
    expectRecordable(read('workflow_dispatch', { inputs: { body }, workflow: body, ref: body }))
    expectRecordable(read('push', { ref: body, commits: [{ id: body, message: body }] }))
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
