import { describe, expect, it } from '@jest/globals'

import { foldSubjects } from '../../../src/core/state/index.js'
import { told } from './recorded.js'

const subject = 's-1'
const as = (login: string | null, display?: string) =>
  ({ type: 'user', subject, login, display }) as const

describe('somebody', () => {
  it('has every login with the time in which it was seen, the newest last', () => {
    const entries = [
      told('push.created', '11:00:00', { actor: as('lisa-m') }),
      told('push.created', '10:00:00', { actor: as('lisa', 'Lisa') }),
      told('member.added', '12:00:00', {
        targets: [{ type: 'member', id: subject, name: 'lisa-m' }],
      }),
    ]
    expect(foldSubjects(entries).find((one) => one.subject === subject)).toMatchObject({
      login: 'lisa-m',
      logins: [
        { name: 'lisa', firstSeen: '2026-11-01T10:00:00.000Z' },
        {
          name: 'lisa-m',
          firstSeen: '2026-11-01T11:00:00.000Z',
          lastSeen: '2026-11-01T12:00:00.000Z',
        },
      ],
      displays: [{ name: 'Lisa' }],
    })
  })

  it('is found behind others: for whom something was done, and by whose trigger', () => {
    const bot = { type: 'bot', subject: 'bot', login: 'ci[bot]' } as const
    const entry = told('push.created', '10:00:00', { actor: bot, on_behalf_of: [as('lisa')] })
    const triggered = told('push.created', '10:00:00', {
      actor: bot,
      triggering_actor: { ...as('mona'), subject: 's-2' },
    })
    const found = foldSubjects([entry, triggered])
    expect(found.map(({ subject: id, type, login }) => [id, type, login])).toEqual([
      ['bot', 'bot', 'ci[bot]'],
      [subject, 'user', 'lisa'],
      ['s-2', 'user', 'mona'],
    ])
  })

  it('has no name left once erased, and is still there', () => {
    const [found] = foldSubjects([told('push.created', '10:00:00', { actor: as(null) })])
    expect(found).toMatchObject({ subject, logins: [], displays: [] })
    expect(found?.login).toBeUndefined()
  })
})
