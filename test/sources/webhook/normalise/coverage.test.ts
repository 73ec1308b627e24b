import { describe, expect, it } from '@jest/globals'

import { ACTIONS, type EntryDraft } from '../../../../src/core/domain/index.js'
import { EXAMPLES, read } from './reading.js'

const EVENTS = [
  'branch_protection_rule',
  'create',
  'delete',
  'deploy_key',
  'installation',
  'installation_repositories',
  'member',
  'public',
  'push',
  'repository',
  'workflow_job',
  'workflow_run',
]

function isComplete(draft: EntryDraft): boolean {
  const isAttributed = draft.actor.type !== 'unknown' || draft.attribution.method.startsWith('no ')
  return (
    Object.hasOwn(ACTIONS, draft.action) &&
    isAttributed &&
    draft.targets.length > 0 &&
    (draft.links?.length ?? 0) > 0
  )
}

const covered = EVENTS.map((event) => {
  const examples = EXAMPLES.find(({ name }) => name === event)?.examples ?? []
  const drafts = examples.map((payload) => read(event, payload))
  return { event, examples, drafts }
})

describe('GitHub’s example payloads', () => {
  it.each(covered)('of $event all become registered entries', ({ examples, drafts }) => {
    expect(examples.length).toBeGreaterThan(0)
    const incomplete = drafts.flat().filter((draft) => !isComplete(draft))
    expect(incomplete).toEqual([])
    expect(drafts.every((of) => of.length > 0)).toBe(true)
  })

  it('are never too strange for their normaliser', () => {
    const all = EXAMPLES.flatMap(({ name, examples }) => examples.flatMap((one) => read(name, one)))
    expect(all.filter(({ labels }) => labels?.['normaliser_failed'] !== undefined)).toEqual([])
    expect(all.length).toBeGreaterThanOrEqual(329)
    process.stdout.write(coverageTable())
  })
})

function coverageTable(): string {
  const rows = covered.map(({ event, examples, drafts }) => {
    const actions = [...new Set(drafts.flat().map(({ action }) => action))].sort()
    return `${event.padEnd(26)} ${String(examples.length).padStart(2)}  ${actions.join(', ')}`
  })
  const others = EXAMPLES.filter(({ name }) => !EVENTS.includes(name))
  const count = others.reduce((sum, { examples }) => sum + examples.length, 0)
  const rest = `${'others (fallback)'.padEnd(25)} ${String(count).padStart(3)}  github.<event>.<action>`
  return `\nexample payloads, by event:\n${rows.join('\n')}\n${rest}\n`
}
