import { describe, expect, it } from '@jest/globals'

import { personal, type EntryDraft } from '../../../../src/core/domain/index.js'
import { fit } from '../../../../src/sources/webhook/normalise/fit.js'
import { below, page } from '../../../../src/sources/webhook/normalise/links.js'
import { clean, firstLine } from '../../../../src/sources/webhook/normalise/payload.js'
import { recorded } from '../../../../src/sources/webhook/normalise/recorded.js'
import { instant } from '../../../../src/sources/webhook/normalise/time.js'
import { firstWho, isSame, principal } from '../../../../src/sources/webhook/normalise/who.js'
import { ACCOUNT, leafText, OCTOCAT, readOne, REPO, REPOSITORY } from './reading.js'

describe('times', () => {
  it.each([
    ['2026-10-30T09:00:00Z', '2026-10-30T09:00:00.000Z'],
    ['2021-08-19T12:16:32.123-04:00', '2021-08-19T16:16:32.123Z'],
    [1525109898, '2018-04-30T17:38:18.000Z'],
    ['2026-10-30', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['+275760-09-13T00:00:00Z', undefined],
    ['2026-99-99T00:00:00Z', undefined],
    [-1, undefined],
    [1e300, undefined],
    [NaN, undefined],
    [null, undefined],
    ['yesterday', undefined],
  ])('%j reads as %s', (value, expected) => {
    expect(instant(value)).toBe(expected)
  })
})

describe('texts', () => {
  it('are cut between characters and hold nothing that PostgreSQL or Unicode refuses', () => {
    expect(clean('a\0b', 10)).toBe('a\uFFFDb')
    expect(clean('a\ud800b', 10)).toBe('a\uFFFDb')
    expect(clean('abcdef', 4)).toBe('abc…')
    expect(clean('ab😀😀', 5).isWellFormed()).toBe(true)
  })

  it('give their first line that is not blank', () => {
    expect(firstLine('\n\n  Fix it\r\nmore')).toBe('Fix it')
    expect(firstLine('\n \n')).toBeUndefined()
    expect(firstLine(7)).toBeUndefined()
  })
})

describe('links', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//github.com/acme',
    'https://user:password@github.com/acme',
    'https://github.com/"onclick="',
    'https://github.com/a b',
    'https://github.com/<script>',
    'https://github.com/\u202egnp.exe',
    `https://github.com/${'a'.repeat(3000)}`,
    7,
  ])('%s is not one', (value) => {
    expect(page(value)).toBeUndefined()
  })

  it('below a page escape each part and never climb out of it', () => {
    const base = 'https://github.com/acme/shop'
    expect(below(base, 'tree', 'feature/a b#c?d')).toBe(`${base}/tree/feature/a%20b%23c%3Fd`)
    expect(below(base, 'tree', '../../evil')).toBeUndefined()
    expect(below(base, 'tree', 'a)[x](y')).toBe(`${base}/tree/a%29%5Bx%5D%28y`)
    expect(below(base, 'tree', '\ud800')).toBe(`${base}/tree/%EF%BF%BD`)
    expect(below(undefined, 'tree', 'main')).toBeUndefined()
  })
})

describe('values of settings', () => {
  it('that are small stay as they are', () => {
    const value = { include: ['~ALL'], exclude: [], strict: true, count: 2, none: null }
    expect(recorded(value)).toEqual(value)
  })

  it('that are long are cut and carry the digest of the whole', () => {
    expect(recorded('x'.repeat(5000))).toEqual({
      cut: `"${'x'.repeat(498)}…`,
      digest: 'sha256:f6aded27d6860380436f8521caa75568b9504f97b8927dceb41de307362e8cd7',
      length: 5002,
    })
  })

  it('that are nested too deeply for anything say so', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown
    expect(recorded(deep)).toEqual({ cut: 'nested too deeply to be shown' })
  })
})

describe('who', () => {
  it.each([
    [{ id: 1, login: 'a', type: 'User' }, 'user', 'verified'],
    [{ id: 1, login: 'dependabot[bot]', type: 'Bot' }, 'bot', 'verified'],
    [{ id: 1, login: 'dependabot[bot]', type: 'User' }, 'bot', 'verified'],
    [{ id: 1, login: 'Copilot', type: 'Bot' }, 'bot', 'verified'],
    [{ id: 9919, login: 'github', type: 'Organization' }, 'system', 'verified'],
    [{ id: 2, login: 'acme', type: 'Organization' }, 'unknown', 'unknown'],
    [{ id: 3, login: 'import', type: 'Mannequin' }, 'unknown', 'unknown'],
    [{ id: 10137, login: 'ghost', type: 'User' }, 'unknown', 'unknown'],
    [{ id: 4, login: 'x', type: 'SomethingNew' }, 'unknown', 'unknown'],
    [{ login: 'a' }, 'user', 'verified'],
  ])('%j is %s, %s', (value, type, confidence) => {
    const { actor, attribution } = firstWho([['sender', value]])
    expect(actor.type).toBe(type)
    expect(attribution.confidence).toBe(confidence)
    expect(attribution.method).toMatch(/^sender/)
  })

  it('says why it cannot say more', () => {
    const method = (value: unknown): string => firstWho([['sender', value]]).attribution.method
    expect(method({ id: 10137, login: 'ghost' })).toBe(
      'sender: the account was deleted and GitHub calls it ghost',
    )
    expect(method({ id: 2, login: 'acme', type: 'Organization' })).toBe(
      'sender: GitHub names the Organization itself, no person',
    )
    expect(method(null)).toBe('no sender in the payload')
  })

  it('is the same by id, or by login where one has none', () => {
    const [one, renamed] = [principal(OCTOCAT), principal({ ...OCTOCAT, login: 'hubber' })]
    expect(isSame(one, renamed)).toBe(true)
    expect(isSame(one, principal({ login: 'octocat' }))).toBe(true)
    expect(isSame(one, principal({ id: 2, login: 'octocat' }))).toBe(false)
    expect(isSame(undefined, undefined)).toBe(false)
  })
})

describe('an event without a normaliser', () => {
  it('keeps where, who, what it was about and what changed', () => {
    const quota = { id: 9, html_url: 'https://github.com/acme/shop/quotas/1' }
    const changes = { title: { from: 'Mona’s plan' }, open: { from: true } }
    const payload = {
      action: 'edited',
      quota,
      changes,
      repository: REPOSITORY,
      sender: OCTOCAT,
    }
    expect(readOne('unheard_of', payload)).toEqual({
      occurred_at: '2026-11-01T10:00:00.000Z',
      action: 'github.unheard_of.edited',
      outcome: 'unknown',
      actor: { type: 'user', id: 583231, login: 'octocat' },
      attribution: { confidence: 'verified', method: 'sender' },
      targets: [
        { type: 'quota', id: 9, url: 'https://github.com/acme/shop/quotas/1' },
        { type: 'repository', id: 1296269, name: 'acme/shop', url: 'https://github.com/acme/shop' },
      ],
      account: ACCOUNT,
      repo: REPO,
      changes: [
        { path: 'title', before: personal('Mona’s plan') },
        { path: 'open', before: true },
      ],
      links: [
        { rel: 'quota', url: 'https://github.com/acme/shop/quotas/1' },
        { rel: 'repository', url: 'https://github.com/acme/shop' },
      ],
      labels: { time: 'received' },
    })
  })

  it('about a person seals the person', () => {
    const blocked = { ...OCTOCAT, html_url: 'https://github.com/octocat' }
    const entry = readOne('quarantine', {
      action: 'begun',
      blocked_user: blocked,
      sender: OCTOCAT,
    })
    expect(leafText(entry)).not.toMatch(/octocat|583231/)
    expect(entry.targets[0]?.type).toBe('blocked_user')
  })

  it.each([
    ['heard_of', 'Deploy to PROD!', 'github.heard_of.deploy_to_prod'],
    ['x'.repeat(300), 'y', `github.${'x'.repeat(93)}`],
    ['', '', 'github.unnamed'],
    ['💥', '💥', 'github.unnamed'],
  ])('called %s with the action %s becomes %s', (event, action, expected) => {
    expect(readOne(event, { action }).action).toBe(expected)
  })
})

describe('a draft that is too long', () => {
  const draft = (over: Partial<EntryDraft>): EntryDraft => ({
    ...readOne('unheard_of', {}),
    ...over,
  })

  it('loses the tails of its lists, and says so', () => {
    const changes = Array.from({ length: 5000 }, (_, at) => ({
      path: String(at),
      after: 'x'.repeat(50),
    }))
    const fitted = fit(draft({ changes }))
    expect(fitted.changes?.[0]).toEqual(changes[0])
    expect(fitted.changes?.length).toBeGreaterThan(300)
    expect(fitted.labels).toMatchObject({ truncated: true })
    expect(Buffer.byteLength(leafText(fitted))).toBeLessThanOrEqual(65_535)
  })

  it('loses even what has no list, rather than not being recorded', () => {
    const labels = { huge: 'x'.repeat(70_000) }
    expect(fit(draft({ labels })).labels).toEqual({ truncated: true })
  })

  it('that holds many sealed values is measured as sealed', () => {
    const targets = Array.from({ length: 3000 }, () => ({ type: 't', name: personal('x') }))
    expect(Buffer.byteLength(leafText(fit(draft({ targets }))))).toBeLessThanOrEqual(65_535)
    const people = Array.from({ length: 3000 }, () => ({
      type: 't',
      principal: { type: 'user', id: 1, login: 'x', display: 'x' } as const,
    }))
    expect(Buffer.byteLength(leafText(fit(draft({ targets: people }))))).toBeLessThanOrEqual(65_535)
  })
})
