import { describe, expect, it } from '@jest/globals'

import { ACTIONS, type EntryDraft } from '../../../../src/core/domain/index.js'
import { allExamples } from '../../../cases/examples.js'
import { read } from './reading.js'

/** Why nobody is named: no field, or one that names no person. */
const REASON = /^no |the account was deleted|GitHub names the/

function faultsOf({ action, actor, attribution, targets, links = [] }: EntryDraft): string[] {
  const faults: string[] = []
  if (!Object.hasOwn(ACTIONS, action)) faults.push(`${action} is not in the registry`)
  if (actor.type === 'unknown' && !REASON.test(attribution.method))
    faults.push('no actor, no reason')
  if (targets.length === 0) faults.push('no target')
  if (links.length === 0) faults.push('no link')
  return faults
}

const examples = allExamples().map((one) => {
  const drafts = read(one.event, one.payload)
  const faults = drafts.length === 0 ? ['no entry'] : drafts.flatMap(faultsOf)
  return { ...one, drafts, faults: [...new Set(faults)], isGiven: !one.name.includes('schema') }
})
const events = [...new Set(examples.map(({ event }) => event))].sort()

describe('GitHub’s example payloads, and those made from its schemas,', () => {
  it('are all there', () => {
    expect(examples.filter(({ isGiven }) => isGiven)).toHaveLength(329)
    expect(new Set(examples.map(({ event, name }) => `${event} ${name}`)).size).toBe(
      examples.length,
    )
    process.stdout.write(coverageTable())
  })

  it.each(events)(
    'of %s all become registered entries with an actor or a reason, a target and a link',
    (event) => {
      const faulty = examples.filter((one) => one.event === event && one.faults.length > 0)
      expect(faulty.map(({ name, faults }) => ({ name, faults }))).toEqual([])
    },
  )

  it('are never too strange for their normaliser', () => {
    const failed = examples.filter(({ drafts }) =>
      drafts.some(({ labels }) => labels?.['normaliser_failed'] === true),
    )
    expect(failed.map(({ event, name }) => `${event} ${name}`)).toEqual([])
  })
})

function coverageTable(): string {
  const rows = events.map((event) => {
    const of = examples.filter((one) => one.event === event)
    const given = of.filter(({ isGiven }) => isGiven).length
    const actions = [...new Set(of.flatMap(({ drafts }) => drafts.map(({ action }) => action)))]
    const counts = [given, of.length - given].map((count) => String(count).padStart(4)).join('')
    return `${event.padEnd(34)}${counts}  ${actions.sort().join(', ')}`
  })
  const heading = `${'event'.padEnd(34)}  ex.  made  actions`
  return `\nexample payloads and payloads made from schemas, by event:\n${heading}\n${rows.join('\n')}\n`
}
