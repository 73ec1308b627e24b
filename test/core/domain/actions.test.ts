import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import { ACTIONS, actionDefinition, actionTable } from '../../../src/core/domain/index.js'

describe('the registry of actions', () => {
  const actions = Object.entries(ACTIONS)

  it('is the table of docs/events.md (remedy: npm run docs)', () => {
    expect(readFileSync('docs/events.md', 'utf8')).toContain(
      `<!-- actions -->\n\n${actionTable()}\n\n<!-- end -->`,
    )
  })

  it.each(actions)('%s has a name of two parts and a sentence', (name, { description }) => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/)
    expect(description).toMatch(/^[A-Z][^|\n]*\.$/)
  })

  it('has no action under two families', () => {
    const names = readFileSync('docs/events.md', 'utf8').match(/^\| `[^`]+`/gm) ?? []
    expect(names).toHaveLength(actions.length)
  })

  it('calls an action by names of GitHub’s audit log only', () => {
    const official = new Set(
      readFileSync('test/core/domain/audit-log-names.txt', 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    )
    const aliases = Object.values(ACTIONS).flatMap(({ auditLog = [] }) => auditLog)
    expect(aliases.length).toBeGreaterThan(120)
    expect(aliases.filter((name) => !official.has(name))).toEqual([])
  })

  it('gives a neutral definition for what it does not know', () => {
    expect(actionDefinition('github.star.created')).toMatchObject({
      category: 'system',
      severity: 0,
    })
    expect(actionDefinition('constructor')).toMatchObject({ category: 'system', severity: 0 })
  })
})
