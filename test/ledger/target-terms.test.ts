import { expect, it } from '@jest/globals'

import { leafColumns } from '../../src/ledger/leaf-columns.js'
import { targetTerms } from '../../src/ledger/target-terms.js'

it('names what an entry is about by id and name, in lower case', () => {
  const targets = [
    { type: 'ruleset', id: 8, name: 'Main is safe', url: 'https://github.com/acme/shop/rules/8' },
    { type: 'secret', name: 'DEPLOY_TOKEN' },
  ]
  const ci = { pull_requests: [12], artifacts: [{ name: 'Shop.zip', digest: 'sha256:AB' }] }
  expect(targetTerms({ targets, ci })).toEqual([
    ...['ruleset:8', 'ruleset:main is safe', 'secret:deploy_token', 'pull_request:12'],
    ...['artifact:shop.zip', 'artifact:sha256:ab'],
  ])
})

it('takes nothing that is sealed, and nothing that has a key of its own', () => {
  const targets = [
    { type: 'pull_request', id: 12, name: { $sealed: 'abc' } },
    { type: 'workflow_run', id: 9, name: 'CI' },
    { type: 'repository', id: 7, name: 'acme/shop' },
    { type: 'check_run', id: 5, name: 'lint' },
  ]
  expect(targetTerms({ targets })).toEqual(['pull_request:12', 'check_run:lint'])
})

it('makes terms that an index takes, whatever somebody calls a thing', () => {
  const name = `a\u0001\0b${'x'.repeat(299 - 'ruleset:a  b'.length)}\u{1f600}`
  const [term = ''] = targetTerms({ targets: [{ type: 'ruleset', name }] })
  expect(term).toMatch(/^ruleset:a {2}bx+\ufffd$/)
  expect(term).toHaveLength(300)
})

it('reads any leaf, also one that is broken', () => {
  for (const targets of [null, 'x', [null, 1, { type: 1, id: 2 }, { id: 3 }]]) {
    expect(targetTerms({ targets, ci: [] })).toEqual([])
  }
})

it.each([
  ['push_protection.bypassed', true],
  ['push_protection_bypass.approved', true],
  ['push_ruleset_bypass.completed', true],
  ['push_ruleset_bypass.rejected', false],
  ['push_protection_bypass.requested', false],
  ['push.forced', false],
])('says whether %s goes past a rule: %s', (action, expected) => {
  expect(leafColumns({ action }).flags.includes('override')).toBe(expected)
})
