import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import { ACTIONS } from '../../../src/core/domain/index.js'
import { evaluatePolicies, policiesTable, POLICIES } from '../../../src/core/policies/index.js'

describe.each(POLICIES)('$id $title', (policy) => {
  it.each(policy.examples.fires)('has a finding when $when', ({ entry }) => {
    const found = evaluatePolicies([entry])
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ policy: policy.id, seq: entry.seq })
    expect(found[0]?.key.startsWith(`${policy.id}:github.com:99:`)).toBe(true)
  })

  it.each(policy.examples.quiet)('has none when $when', ({ entry }) => {
    expect(evaluatePolicies([entry])).toEqual([])
  })

  it('looks only at actions that are recorded', () => {
    for (const action of policy.actions) expect(Object.keys(ACTIONS)).toContain(action)
    const examples = [...policy.examples.fires, ...policy.examples.quiet]
    for (const { entry } of examples) expect(Object.keys(ACTIONS)).toContain(entry.action)
  })

  it('takes an entry that says nothing but its action', () => {
    for (const action of policy.actions) {
      const [{ entry } = { entry: undefined }] = policy.examples.fires
      if (!entry) throw new Error('a policy needs an example')
      const bare = {
        ...entry,
        action,
        targets: [],
        repo: undefined,
        changes: undefined,
        labels: undefined,
      }
      for (const finding of evaluatePolicies([bare])) {
        expect(finding.key).toMatch(/^[A-Z]{2}-\d\d:github\.com:account-9:/)
      }
    }
  })
})

describe('the registry', () => {
  it('has each id once', () => {
    const ids = POLICIES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keeps names that strangers choose out of titles', () => {
    for (const { examples } of POLICIES) {
      for (const { entry } of examples.fires) {
        const targets = entry.targets.map((target) => ({ ...target, name: 'CHOSEN' }))
        const changes = entry.changes?.map((change) => ({ ...change, after: 'CHOSEN' }))
        for (const { title } of evaluatePolicies([{ ...entry, targets, changes }])) {
          expect(title).not.toContain('CHOSEN')
        }
      }
    }
  })

  it('gives the same alert the same key, and another thing another one', () => {
    const [fires] = POLICIES[0]?.examples.fires ?? []
    if (!fires) throw new Error('a policy needs an example')
    const again = { ...fires.entry, seq: 99 }
    const other = { ...fires.entry, targets: [{ type: 'secret_scanning_alert', id: 4 }] }
    const [one, two, three] = evaluatePolicies([fires.entry, again, other])
    expect(two?.key).toBe(one?.key)
    expect(three?.key).not.toBe(one?.key)
  })

  it('is what docs/policies.md says (remedy: npm run docs)', () => {
    expect(readFileSync('docs/policies.md', 'utf8')).toContain(
      `<!-- policies -->\n\n${policiesTable()}\n\n<!-- end -->`,
    )
  })
})
