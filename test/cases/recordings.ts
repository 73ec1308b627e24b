import { existsSync, readdirSync, readFileSync } from 'node:fs'

import type { Json, JsonObject } from '../../src/core/domain/index.js'
import { normalise } from '../../src/sources/index.js'
import { allExamples } from './examples.js'

/** A file of recorded entries, and what the normalisers make of the same deliveries today. */
export interface Recording {
  /** For example `test/cases/examples/push.json`. */
  readonly path: string
  readonly deliveries: number
  readonly today: Json
}

interface RecordedDelivery {
  readonly guid: string
  readonly event: string
  readonly receivedAt: string
  readonly payload: JsonObject
}

const FOLDER = 'test/cases'
/** Payloads come from packages; only what becomes of them is here, a file for each event. */
const EXAMPLES = `${FOLDER}/examples`
const RECEIVED_AT = '2026-11-01T10:00:00.000Z'

export function allRecordings(): Recording[] {
  return [...flows(), ...examples()]
}

/** Files of examples whose event is no longer among them. */
export function abandonedFiles(recordings: readonly Recording[]): string[] {
  const wanted = new Set(recordings.map(({ path }) => path))
  const found = existsSync(EXAMPLES) ? readdirSync(EXAMPLES) : []
  return found.map((name) => `${EXAMPLES}/${name}`).filter((path) => !wanted.has(path))
}

/** Folders with `deliveries.json`, in the order in which they came. */
function flows(): Recording[] {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(`${FOLDER}/${entry.name}/deliveries.json`),
  )
  return folders.map(({ name }) => {
    const text = readFileSync(`${FOLDER}/${name}/deliveries.json`, 'utf8')
    const deliveries = JSON.parse(text) as RecordedDelivery[]
    const today = deliveries.flatMap(entriesOf)
    return { path: `${FOLDER}/${name}/entries.json`, deliveries: deliveries.length, today }
  })
}

function examples(): Recording[] {
  const byEvent = new Map<string, Record<string, Json>>()
  for (const { event, name, payload } of allExamples()) {
    const cases = byEvent.get(event) ?? {}
    byEvent.set(event, cases)
    const guid = `example ${name}`
    cases[name] = entriesOf({ guid, event, receivedAt: RECEIVED_AT, payload })
  }
  return [...byEvent].map(([event, cases]) => {
    const deliveries = Object.keys(cases).length
    return { path: `${EXAMPLES}/${event}.json`, deliveries, today: cases }
  })
}

function entriesOf({ guid, event, receivedAt, payload }: RecordedDelivery): Json[] {
  const drafts = normalise({
    host: 'github.com',
    guid,
    event,
    kind: 'webhook',
    payload,
    body: new Uint8Array(),
    headers: {},
    receivedAt: Date.parse(receivedAt),
  })
  return JSON.parse(JSON.stringify(drafts)) as Json[]
}
