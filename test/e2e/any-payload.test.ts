import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { Appender, verifyLog } from '../../src/ledger/index.js'
import { normalise } from '../../src/sources/index.js'
import type { JsonObject } from '../../src/core/domain/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery } from '../support/deliveries.js'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.drop()
})

const EVENTS = [
  'push',
  'workflow_run',
  'workflow_job',
  'secret_scanning_alert',
  'repository',
  'repository_ruleset',
  'branch_protection_rule',
  'member',
  'installation',
  'no_such_event',
]

/** Names that real payloads have, so that normalisers look at what stands there. */
const KEYS = [
  'action',
  'sender',
  'repository',
  'workflow_run',
  'workflow_job',
  'commits',
  'ref',
  'id',
  'login',
  'alert',
  'rule',
  'changes',
  'installation',
  'organization',
  '__proto__',
]

const anyText = fc.string({ unit: 'binary', maxLength: 40 })
const { payload } = fc.letrec<{ value: unknown; payload: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.maxSafeInteger(),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('payload'),
  ),
  payload: fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), anyText), tie('value'), { maxKeys: 8 }),
}))

describe('any JSON object as a payload of any event', () => {
  it('is recorded, and the log verifies', async () => {
    const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
    let number = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...EVENTS), payload, async (event, object) => {
        const text = JSON.stringify(object)
        const one = delivery(`any-${String((number += 1))}`, JSON.parse(text) as JsonObject, event)
        const receipt = await appender.append({ delivery: one, drafts: normalise(one) })
        expect(receipt.entries).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
    const { size, problems } = await verifyLog(database)
    expect(problems).toEqual([])
    expect(size).toBeGreaterThanOrEqual(400)
  })
})
