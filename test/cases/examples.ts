import { readFileSync } from 'node:fs'

import type { JsonObject } from '../../src/core/domain/index.js'
import { schemaPayloads, type SchemaPayload } from './schema-payload.js'

/** A payload under a name that stays: `closed`, `closed 2`, `dequeued, by its schema`. */
export interface Example extends SchemaPayload {
  readonly name: string
}

interface ExamplesOfEvent {
  readonly name: string
  readonly examples: readonly JsonObject[]
}

/** What GitHub's documentation names and its description of webhooks lacks: built from a likeness. */
const UNDESCRIBED: readonly (readonly [event: string, action: string, like: string])[] = [
  ['pull_request', 'stacked', 'opened'],
]

/**
 * GitHub's 329 example payloads, and for every event and action that has none a payload made from GitHub's own
 * schema: of github.com with Enterprise Cloud, and of Enterprise Server for what only that sends.
 */
export function allExamples(): Example[] {
  const given = givenExamples()
  const described = ['ghec', 'ghes-3.19'].flatMap(schemaPayloads)
  const known = new Set(given.map(kindOf))
  const made: Example[] = []
  for (const one of [...described, ...likenesses([...given, ...described])]) {
    if (known.has(kindOf(one))) continue
    known.add(kindOf(one))
    made.push({ ...one, name: `${actionOf(one)}, by its schema` })
  }
  return [...given, ...made]
}

function givenExamples(): Example[] {
  const file = 'node_modules/@octokit/webhooks-examples/api.github.com/index.json'
  const events = JSON.parse(readFileSync(file, 'utf8')) as readonly ExamplesOfEvent[]
  const counts = new Map<string, number>()
  return events.flatMap(({ name: event, examples }) =>
    examples.map((payload) => {
      const kind = kindOf({ event, payload })
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      const name = actionOf({ event, payload })
      return { event, payload, name: count === 1 ? name : `${name} ${String(count)}` }
    }),
  )
}

function likenesses(payloads: readonly SchemaPayload[]): SchemaPayload[] {
  return UNDESCRIBED.flatMap(([event, action, like]) => {
    const found = payloads.find((one) => one.event === event && actionOf(one) === like)
    return found ? [{ event, payload: { ...found.payload, action } }] : []
  })
}

function kindOf(one: SchemaPayload): string {
  return `${one.event}.${actionOf(one)}`
}

function actionOf({ event, payload }: SchemaPayload): string {
  // The action of a repository_dispatch is whatever its caller chose.
  const { action } = payload
  return typeof action === 'string' && event !== 'repository_dispatch' ? action : 'sent'
}
