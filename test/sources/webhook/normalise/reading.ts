import { readFileSync } from 'node:fs'

import {
  canonicalJson,
  sealEntry,
  type EntryDraft,
  type JsonObject,
  type SealedEntry,
} from '../../../../src/core/domain/index.js'
import { normalise } from '../../../../src/sources/index.js'
import { delivery } from '../../../support/deliveries.js'

/** When `read` says that a delivery came. */
export const RECEIVED = '2026-11-01T10:00:00.000Z'

export function read(event: string, payload: JsonObject): EntryDraft[] {
  return normalise({ ...delivery('72d3162e-cc78-11e3-81ab-4c9367dc0958', {}, event), payload })
}

/** The first entry of a delivery. */
export function readOne(event: string, payload: JsonObject): EntryDraft {
  const [first] = read(event, payload)
  if (!first) throw new Error(`${event} gave no entry`)
  return first
}

function seal(draft: EntryDraft): SealedEntry {
  return sealEntry(draft, {
    id: '01936f2e-7c00-7000-8000-000000000000',
    recordedAt: RECEIVED,
    source: {
      system: 'github',
      kind: 'webhook',
      delivery_id: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      event: 'e'.repeat(100),
      raw_digest: `sha256:${'0'.repeat(64)}`,
    },
    subjectOf: ({ id, login }) =>
      id === undefined && login === undefined ? undefined : '5f0c1b52-8d3e-4d6c-9d2b-0a1b2c3d4e5f',
    salt: () => 'AAAAAAAAAAAAAAAAAAAAAA',
  })
}

export function leafText(draft: EntryDraft): string {
  return canonicalJson(seal(draft).leaf)
}

interface ExamplesOfEvent {
  readonly name: string
  readonly examples: readonly JsonObject[]
}

/** GitHub's own example payloads, by event. */
const EXAMPLES = JSON.parse(
  readFileSync('node_modules/@octokit/webhooks-examples/api.github.com/index.json', 'utf8'),
) as readonly ExamplesOfEvent[]

/** An example with some members replaced. */
export function example(event: string, index = 0, over: JsonObject = {}): JsonObject {
  const payload = EXAMPLES.find(({ name }) => name === event)?.examples[index]
  if (!payload) throw new Error(`there is no example ${String(index)} of ${event}`)
  return { ...payload, ...over }
}

export const OCTOCAT = { id: 583231, login: 'octocat', type: 'User' }
export const MONA = { id: 21031067, login: 'mona', type: 'User' }
export const REPOSITORY = {
  id: 1296269,
  name: 'shop',
  full_name: 'acme/shop',
  html_url: 'https://github.com/acme/shop',
  default_branch: 'main',
  private: true,
  owner: { id: 9919, login: 'acme', type: 'Organization' },
  pushed_at: 1793527200,
}
export const REPO = { host: 'github.com', id: 1296269, name: 'acme/shop' }
export const ACCOUNT = { host: 'github.com', id: 9919, name: 'acme' }
