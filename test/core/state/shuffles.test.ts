import { env } from 'node:process'

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import type { AuditEntry } from '../../../src/core/domain/index.js'
import {
  foldAccounts,
  foldDeployments,
  foldInputs,
  foldInstallations,
  foldPullRequests,
  foldRepositories,
  foldReviews,
  foldRuns,
  foldSubjects,
} from '../../../src/core/state/index.js'
import { flows } from '../../support/flows.js'

/** The mark is HOOKTRAIL_SHUFFLES=500: 75 seconds for six flows on two cores at a load of 13. */
const SHUFFLES = Number(env['HOOKTRAIL_SHUFFLES'] ?? 150)

/** Everything that the entries amount to. */
function stateOf(entries: readonly AuditEntry[]): unknown {
  return {
    runs: foldRuns(entries),
    inputs: foldInputs(entries),
    reviews: foldReviews(entries),
    deployments: foldDeployments(entries),
    pulls: foldPullRequests(entries),
    repositories: foldRepositories(entries),
    accounts: foldAccounts(entries),
    installations: foldInstallations(entries),
    subjects: foldSubjects(entries),
  }
}

type Deliveries = readonly (readonly AuditEntry[])[]

/** As the log would hold them: numbered as they came. */
function arrived(deliveries: Deliveries): AuditEntry[] {
  return deliveries.flat().map((entry, seq) => ({ ...entry, seq }))
}

/** GitHub tells a fact again under another GUID when two hooks heard it. */
function again(delivery: readonly AuditEntry[]): AuditEntry[] {
  return delivery.map((entry) => {
    const delivery_id = `again ${entry.source.delivery_id}`
    return { ...entry, id: `again ${entry.id}`, source: { ...entry.source, delivery_id } }
  })
}

describe('the state of a recorded flow', () => {
  it.each(flows().map(({ name, deliveries }) => [name, deliveries] as const))(
    `is the same for ${String(SHUFFLES)} orders, with some of it told twice: %s`,
    (_, deliveries) => {
      const expected = JSON.stringify(stateOf(arrived(deliveries)))
      const size = deliveries.length
      const order = fc.shuffledSubarray([...deliveries], { minLength: size, maxLength: size })
      const repeats = fc.shuffledSubarray([...deliveries], { maxLength: Math.ceil(size / 3) })
      fc.assert(
        fc.property(order, repeats, fc.nat(size), (shuffled, repeated, at) => {
          const twice = repeated.map(again)
          const all = [...shuffled.slice(0, at), ...twice, ...shuffled.slice(at)]
          expect(JSON.stringify(stateOf(arrived(all)))).toBe(expected)
        }),
        { numRuns: SHUFFLES, seed: 20261124, endOnFailure: true },
      )
    },
  )
})
