import { existsSync, readdirSync, readFileSync } from 'node:fs'

import type { AuditEntry, Delivery, JsonObject } from '../../src/core/domain/index.js'
import { createGitHubState } from '../../src/demo/index.js'
import { playStory } from '../../src/demo/story/index.js'
import { entriesOf } from './entries.js'

/** Deliveries that belong together, as the entries of each. */
export interface Flow {
  readonly name: string
  readonly deliveries: readonly (readonly AuditEntry[])[]
}

/** Every recorded flow of test/cases, and the demo's story. */
export function flows(): Flow[] {
  const folders = readdirSync('test/cases', { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  )
  return [...folders.flatMap(({ name }) => recorded(name)), story()]
}

interface RecordedDelivery {
  readonly guid: string
  readonly event: string
  readonly receivedAt: string
  readonly payload: JsonObject
}

function recorded(name: string): Flow[] {
  const deliveries = recordedDeliveries(name).map(entriesOf)
  return deliveries.length === 0 ? [] : [{ name, deliveries }]
}

/** The deliveries of test/cases/<name>; none where the case is kept in another form. */
export function recordedDeliveries(name: string): Delivery[] {
  const file = `test/cases/${name}/deliveries.json`
  if (!existsSync(file)) return []
  const deliveries = JSON.parse(readFileSync(file, 'utf8')) as RecordedDelivery[]
  return deliveries.map(({ receivedAt, payload, ...rest }) => ({
    ...rest,
    host: 'github.com',
    kind: 'webhook',
    payload,
    body: Buffer.from(JSON.stringify(payload)),
    headers: {},
    receivedAt: Date.parse(receivedAt),
  }))
}

function story(): Flow {
  const played = [...playStory(createGitHubState(), { endsAt: Date.UTC(2026, 10, 22, 9, 30) })]
  return {
    name: 'the demo’s story',
    deliveries: played.map(({ event, payload, at }, index) =>
      entriesOf({
        host: 'github.com',
        guid: `story-${String(index).padStart(4, '0')}`,
        event,
        kind: 'webhook',
        payload,
        body: new Uint8Array(),
        headers: {},
        receivedAt: at,
      }),
    ),
  }
}
