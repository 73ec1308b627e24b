import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import type { JsonObject } from '../../src/core/domain/index.js'
import { normalise } from '../../src/sources/index.js'

interface RecordedDelivery {
  readonly guid: string
  readonly event: string
  readonly receivedAt: string
  readonly payload: JsonObject
}

const cases = readdirSync('test/cases', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

function read(name: string, file: string): unknown {
  return JSON.parse(readFileSync(`test/cases/${name}/${file}`, 'utf8'))
}

function entriesOf({ guid, event, receivedAt, payload }: RecordedDelivery): unknown[] {
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
  return JSON.parse(JSON.stringify(drafts)) as unknown[]
}

describe('the recorded flow', () => {
  it.each(cases)(
    '%s gives the recorded entries (remedy: npm run build && node test/cases/record.mjs)',
    (name) => {
      const deliveries = read(name, 'deliveries.json') as RecordedDelivery[]
      expect(deliveries.flatMap(entriesOf)).toEqual(read(name, 'entries.json'))
    },
  )
})
