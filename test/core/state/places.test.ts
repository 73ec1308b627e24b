import { describe, expect, it } from '@jest/globals'

import type { AuditEntry } from '../../../src/core/domain/index.js'
import {
  foldAccounts,
  foldRepositories,
  type RepositoryState,
} from '../../../src/core/state/index.js'
import { recorded, told } from './recorded.js'

const moved = recorded('moved-repository')

/** As known when everything before a time of day had arrived. */
function until(time: string): AuditEntry[] {
  return moved.filter(({ occurred_at }) => occurred_at.slice(11, 19) < time)
}

function repository(time: string): RepositoryState | undefined {
  return foldRepositories(until(time))[0]
}

describe('a repository', () => {
  it('has its names as history, through renaming, transfer and its owner’s renaming', () => {
    const { name, names, renamings } = repository('23:00:00') ?? {}
    expect(name).toBe('trains/store')
    expect(names?.map((one) => one.name)).toEqual([
      'acme/shop',
      'acme/store',
      'acme-corp/store',
      'trains/store',
    ])
    expect(renamings).toMatchObject([
      { kind: 'renamed', before: 'acme/shop', after: 'acme/store', actor: { login: 'octocat' } },
      { kind: 'transferred', before: 'acme-corp/store', after: 'trains/store' },
    ])
  })

  it('goes to another owner and another installation with a transfer', () => {
    expect(repository('09:10:00')).toMatchObject({ account: { name: 'acme-corp' } })
    expect(repository('09:30:00')).toMatchObject({ account: { id: 9920 }, installationId: 8 })
  })

  it('is not seen by the installation that lost it, before the next one has it', () => {
    expect(repository('09:10:03')?.installationId).toBeUndefined()
  })

  it('is archived and brought back, and keeps visibility and default branch as last said', () => {
    expect(repository('09:00:00')).toMatchObject({ visibility: 'private', archived: false })
    expect(repository('09:35:00')).toMatchObject({ visibility: 'public', archived: true })
    expect(repository('09:42:00')).toMatchObject({ archived: false, defaultBranch: 'main' })
    expect(repository('09:47:00')).toMatchObject({ archived: false, defaultBranch: 'trunk' })
  })

  it('is deleted at its end, and under the same name a new one is another', () => {
    expect(repository('10:00:00')?.deleted).toBe(false)
    expect(repository('10:00:01')?.deleted).toBe(true)
    const again = told('repository.created', '12:00:00', {
      repo: { host: 'github.com', id: 777, name: 'trains/store' },
    })
    expect(
      foldRepositories([...moved, again]).map(({ id, name, deleted }) => [id, name, deleted]),
    ).toEqual([
      [501, 'trains/store', true],
      [777, 'trains/store', false],
    ])
  })

  it('of one host is not the one of the same id on another', () => {
    const there = { host: 'ghe.example.com', id: 99, name: 'acme/shop' }
    const found = foldRepositories([
      told('push.created', '10:00:00'),
      told('repository.deleted', '11:00:00', { repo: there }),
    ])
    expect(found.map(({ host, deleted }) => [host, deleted])).toEqual([
      ['ghe.example.com', true],
      ['github.com', false],
    ])
  })

  it('has no old name where it was erased, and keeps that it was renamed', () => {
    const renamed = told('repository.transferred', '10:00:00', {
      changes: [{ path: 'owner', before: null, after: 'acme' }],
    })
    const [found] = foldRepositories([renamed])
    expect(found?.names.map(({ name }) => name)).toEqual(['acme/shop'])
    expect(found?.renamings).toMatchObject([{ kind: 'transferred', before: null }])
  })
})

describe('an account', () => {
  it('is renamed once, though two events tell of it seconds apart', () => {
    const acme = foldAccounts(moved).find(({ id }) => id === 9919)
    expect(acme).toMatchObject({ name: 'acme-corp', type: 'Organization', deleted: false })
    expect(acme?.names.map(({ name }) => name)).toEqual(['acme', 'acme-corp'])
    expect(acme?.renamings).toHaveLength(1)
  })

  it('that is a person has its names too, and no installation after it was removed', () => {
    const person = foldAccounts(recorded('suspended-installation')).find(({ id }) => id === 1)
    expect(person).toMatchObject({
      type: 'User',
      name: 'octocat',
      renamings: [{ before: 'octocat-of-old', after: 'octocat' }],
      installationIds: [],
    })
  })

  it('is gone when its organization was deleted', () => {
    const [acme] = foldAccounts([told('organization.deleted', '10:00:00')])
    expect(acme).toMatchObject({ id: 9, deleted: true })
  })
})
