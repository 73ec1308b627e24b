import { describe, expect, it } from '@jest/globals'

import { foldInstallations, type InstallationState } from '../../../src/core/state/index.js'
import { recorded, told } from './recorded.js'

const entries = recorded('suspended-installation')

/** As known when everything before a time of day had arrived. */
function installation(id: number, time: string): InstallationState | undefined {
  const known = entries.filter(({ occurred_at }) => occurred_at.slice(11, 19) < time)
  return foldInstallations(known).find((one) => one.id === id)
}

describe('an installation', () => {
  it('may see what it was given last', () => {
    expect(installation(31, '08:20:00')?.permissions).toEqual({ actions: 'read', metadata: 'read' })
    expect(installation(31, '08:40:00')).toMatchObject({
      permissions: { administration: 'read' },
      events: ['push', 'repository_ruleset', 'workflow_run'],
    })
  })

  it('is suspended by somebody, and active again', () => {
    expect(installation(31, '09:05:00')).toMatchObject({
      state: 'suspended',
      endedBy: { login: 'mona' },
      endedAt: '2026-10-31T09:00:00.000Z',
    })
    const again = installation(31, '09:15:00')
    expect(again?.state).toBe('active')
    expect(again?.endedBy).toBeUndefined()
  })

  it('is not blind again when its suspension arrives after its end', () => {
    const late = entries.filter(({ action }) => action === 'installation.suspended')
    const others = entries.filter((entry) => !late.includes(entry))
    expect(foldInstallations([...others, ...late])).toEqual(foldInstallations(entries))
  })

  it('has the repositories that were added, without those that were taken away', () => {
    expect(installation(31, '23:00:00')?.repositories).toEqual([
      { id: 602, name: 'acme/infra' },
      { id: 603, name: 'acme/docs' },
    ])
  })

  it('is deleted for good, whatever else is told of it', () => {
    const gone = installation(32, '23:00:00')
    expect(gone).toMatchObject({ state: 'deleted', account: { name: 'octocat' } })
    expect(gone?.endedAt).toBe('2026-10-31T09:50:00.000Z')
    const unsuspended = told('installation.unsuspended', '23:30:00', {
      targets: [{ type: 'installation', id: 32 }],
    })
    const [, state] = foldInstallations([...entries, unsuspended])
    expect(state?.state).toBe('deleted')
  })

  it('says how many repositories no entry names', () => {
    const created = told('installation.created', '10:00:00', {
      targets: [
        { type: 'installation', id: 40 },
        { type: 'repository', id: 1, name: 'acme/one' },
      ],
      labels: { repositories: 120 },
    })
    expect(foldInstallations([created])).toMatchObject([
      { id: 40, repositories: [{ id: 1 }], unnamedRepositories: 119 },
    ])
  })

  it('of one host is not the one of the same id on another', () => {
    const targets = [{ type: 'installation', id: 40 }]
    const there = {
      repo: undefined,
      account: { host: 'ghe.example.com', id: 9, name: 'acme' },
      targets,
    }
    const found = foldInstallations([
      told('installation.created', '10:00:00', { targets }),
      told('installation.deleted', '11:00:00', there),
    ])
    expect(found.map(({ host, state }) => [host, state])).toEqual([
      ['ghe.example.com', 'deleted'],
      ['github.com', 'active'],
    ])
  })
})
