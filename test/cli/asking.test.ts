import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'

import { personal, type EntryDraft } from '../../src/core/domain/index.js'
import { displayWidth } from '../../src/cli/text/width.js'
import { Appender } from '../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW, type Answer, type Circumstances } from './terminal.js'

const ATTACK = '\u001b[2J\u202egnp\u009b31m\nProof  forged'

const DRAFTS: readonly EntryDraft[] = [
  draft({ occurred_at: '2026-11-01T11:58:00.000Z' }),
  draft({
    occurred_at: '2026-11-01T11:00:00.000Z',
    action: 'branch_protection.edited',
    severity: 3,
    actor: { type: 'user', id: 2, login: 'mona', display: 'Mona Lisa' },
    triggering_actor: { type: 'app', id: 3, login: 'deployer' },
    on_behalf_of: [{ type: 'user', id: 1, login: 'octocat' }],
    changes: [
      { path: 'required_reviews/count', before: 2, after: 0 },
      { path: 'required_checks', before: ['ci', 'lint'] },
    ],
    links: [{ rel: 'settings', url: 'https://github.com/acme/shop/settings/branches' }],
    reason: personal('because it was in the way'),
    correlation_id: 'run:5',
    labels: { weakened: true },
  }),
  draft({
    occurred_at: '2026-10-30T11:00:00.000Z',
    action: 'workflow_run.completed',
    outcome: 'failure',
    actor: { type: 'user', id: 4, login: ATTACK },
    targets: [{ type: 'workflow_run', id: 9, name: ATTACK, url: `https://x/${ATTACK}` }],
    ci: {
      workflow: ATTACK,
      run_id: 9,
      title: personal(ATTACK),
      inputs: { [ATTACK]: personal('x') },
    },
    changes: [{ path: ATTACK, before: ATTACK, after: { [ATTACK]: ATTACK } }],
    links: [{ rel: 'run', url: `https://x/${ATTACK}` }],
    reason: personal(ATTACK),
  }),
  draft({
    occurred_at: '2026-10-01T11:00:00.000Z',
    action: 'github.star.created',
    actor: { type: 'unknown' },
    targets: [],
    repo: { host: 'github.com', id: 5, name: '会社/とても長い名前のリポジトリ' },
  }),
]

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  const appender = new Appender(database, () => NOW)
  await appender.append({ delivery: delivery('guid-1'), drafts: DRAFTS })
})

afterAll(async () => {
  await database.drop()
})

function ask(args: readonly string[], circumstances: Circumstances = {}): Promise<Answer> {
  return hooktrail(args, { env: { DATABASE_URL: database.url }, ...circumstances })
}

const found = z.object({
  entries: z.array(z.object({ seq: z.number(), action: z.string() })),
  next_cursor: z.string().nullable(),
})

function seqsIn(answer: Answer): number[] {
  return found.parse(JSON.parse(answer.out)).entries.map(({ seq }) => seq)
}

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

describe('hooktrail search', () => {
  it('shows entries as a table, newest first', async () => {
    const { code, out, err } = await ask(['search', 'severity:>=info', '-n', '2'])
    expect(code).toBe(0)
    expect(out).toBe(
      [
        'seq       when  severity  who      action                    where      what',
        '  0  2 min ago            octocat  push.created              acme/shop  branch main',
        '  1    1 h ago  high      mona     branch_protection.edited  acme/shop  branch main · because it was in the way',
        '',
      ].join('\n'),
    )
    expect(err).toBe('There are more: --limit 20 or --all shows them.\n')
  })

  it('says moments in UTC when asked to', async () => {
    const { out } = await ask(['search', '--utc', 'actor:mona'])
    expect(out).toContain('2026-11-01 11:00:00Z')
  })

  it('fits the terminal, wide letters included', async () => {
    const { out } = await ask(['search'], { columns: 80 })
    const widths = out.split('\n').map(displayWidth)
    expect(Math.max(...widths)).toBeLessThanOrEqual(80)
    expect(out).toContain('会社/')
    expect(out).toContain('…')
  })

  it('uses colours on a terminal that wants them only', async () => {
    const red = /\u001b\[31mhigh\u001b\[39m/
    expect((await ask(['search'], { colors: true })).out).toMatch(red)
    expect((await ask(['search'])).out).not.toMatch(CONTROL)
  })

  it('gives one JSON document, with the same entries and what would follow', async () => {
    const answer = await ask(['search', '--json', '--limit', '2'])
    expect(seqsIn(answer)).toEqual([0, 1])
    expect(JSON.parse(answer.out)).toMatchObject({ next_cursor: expect.any(String) })
    expect(JSON.parse((await ask(['search', '--json', '--all'])).out)).toMatchObject({
      next_cursor: null,
      entries: [{ seq: 0 }, { seq: 1 }, { seq: 2 }, { seq: 3 }],
    })
  })

  it('takes terms with a minus in front as such, not as options', async () => {
    const answer = await ask(['search', '-actor:mona', 'is:wakened OR -n', '--json'])
    expect(answer.code).toBe(2)
    expect(answer.err).toContain('is:wakened')
    expect(seqsIn(await ask(['search', '-actor:mona', '-action:push.*', '--json']))).toEqual([2, 3])
  })

  it('says when nothing matches, which is no failure', async () => {
    expect(await ask(['search', 'actor:nobody'])).toEqual({
      code: 0,
      out: '',
      err: 'No entry matches.\n',
    })
    expect(seqsIn(await ask(['search', 'actor:nobody', '--json']))).toEqual([])
  })

  it('shows where a query is wrong and what was meant', async () => {
    const { code, out, err } = await ask(['search', 'is:failed', 'actr:mona'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/actr.*did you mean.*actor/)
    expect(err).toContain('\n  is:failed actr:mona\n            ^^^^^\n')
  })
})

describe('hooktrail show', () => {
  it('prints an entry in full', async () => {
    const { code, out } = await ask(['show', '1'])
    expect(code).toBe(0)
    for (const text of [
      'branch_protection.edited  success, high, ',
      'mona (user, Mona Lisa, subject ',
      'verified: sender',
      'deployer (app, subject ',
      '2026-11-01 11:00:00Z (1 h ago)',
      'required_reviews/count: 2 → 0',
      'required_checks: ci, lint → (none)',
      'because it was in the way',
      'settings: https://github.com/acme/shop/settings/branches',
      'github webhook push',
      'delivery guid-1',
      'sha256:',
      'run:5',
      'weakened=true',
      'leaf 1 of 4, leaf hash ',
    ]) {
      expect(out).toContain(text)
    }
  })

  it('gives JSON with the proof beside the entry, and takes the id as well', async () => {
    const answer = z
      .object({
        entry: z.object({ id: z.string(), seq: z.literal(1) }),
        proof: z.object({ leaf_hash: z.string().length(64), size: z.literal(4), root: z.string() }),
      })
      .parse(JSON.parse((await ask(['show', '1', '--json'])).out))
    expect((await ask(['show', answer.entry.id])).out).toContain('leaf 1 of 4')
  })

  it('says no for an entry that is not there, and refuses what is no reference', async () => {
    expect(await ask(['show', '99'])).toEqual({
      code: 1,
      out: '',
      err: 'There is no entry 99 in this log.\n',
    })
    expect((await ask(['show', 'x'])).code).toBe(2)
  })
})

describe('hooktrail tail', () => {
  it('shows the last entries, oldest first', async () => {
    const { code, out } = await ask(['tail', '-n', '2'])
    expect(code).toBe(0)
    expect(out).toMatch(/branch_protection.edited.*\n.*push.created/)
  })

  it('follows the log until it is interrupted, one JSON object a line', async () => {
    const abort = new AbortController()
    const seen: unknown[] = []
    const own = await testDatabase()
    const appender = new Appender(own, () => NOW)
    await appender.append({ delivery: delivery('first'), drafts: [draft()] })
    const onOut = (text: string): void => {
      for (const line of text.split('\n').filter(Boolean)) seen.push(JSON.parse(line))
      if (seen.length === 1) void appender.append({ delivery: delivery('next'), drafts: DRAFTS })
      if (seen.length >= 4) abort.abort('signal')
    }
    const { code, err } = await hooktrail(['tail', '-f', '--json', '-actor:mona'], {
      env: { DATABASE_URL: own.url },
      interrupted: abort.signal,
      onOut,
    })
    await own.drop()
    expect([code, err]).toEqual([130, ''])
    expect(seen).toMatchObject([{ seq: 0 }, { seq: 1 }, { seq: 3 }, { seq: 4 }])
  })

  it('ends quietly when nobody reads it any more', async () => {
    const abort = new AbortController()
    const onOut = (): void => {
      abort.abort('reader gone')
    }
    const circumstances = { interrupted: abort.signal, onOut }
    expect(await ask(['tail', '-f'], circumstances)).toMatchObject({ code: 0, err: '' })
  })
})

describe('text that attackers wrote', () => {
  it.each([['search'], ['show', '2'], ['tail']])(
    'cannot drive the terminal: %s %s',
    async (...args) => {
      for (const more of [[], ['--json']]) {
        const { out } = await ask([...args, ...more])
        expect(out).not.toMatch(CONTROL)
        expect(out).toMatch(/u\{1b\}|\\u001b/)
      }
    },
  )

  it('cannot begin a line', async () => {
    const { out } = await ask(['show', '2'])
    expect(out.split('\n').filter((line) => line.trim().startsWith('Proof  forged'))).toEqual([])
  })

  it('is the same text in JSON once parsed', async () => {
    const { out } = await ask(['show', '2', '--json'])
    expect(JSON.parse(out)).toMatchObject({ entry: { actor: { login: ATTACK }, reason: ATTACK } })
  })
})

describe('hooktrail search --csv and --ndjson', () => {
  it('writes a line for each entry, whatever the texts contain, and no formula', async () => {
    const { code, out, err } = await ask(['search', '--csv', '--all'])
    expect([code, err]).toEqual([0, ''])
    const lines = out.split('\r\n')
    expect(lines).toHaveLength(DRAFTS.length + 2)
    expect(lines[0]).toMatch(/^seq,id,created,recorded,action,/)
    expect(lines[2]).toContain('branch_protection.edited')
    expect(out.replaceAll('\r\n', '')).not.toMatch(CONTROL)
  })

  it('gives one object a line', async () => {
    const { out } = await ask(['search', '--ndjson', '-n', '3'])
    const lines = out.trimEnd().split('\n')
    expect(lines.map((line) => z.object({ seq: z.number() }).parse(JSON.parse(line)).seq)).toEqual([
      0, 1, 2,
    ])
    expect(out).not.toMatch(CONTROL)
  })

  it('is one of the formats, not two', async () => {
    const { code, err } = await ask(['search', '--csv', '--json'])
    expect(code).toBe(2)
    expect(err).toContain('cannot be used with')
  })
})

describe('hooktrail search --tz', () => {
  it('reads days and tells moments in the zone', async () => {
    const { out } = await ask(['search', '--tz', 'Asia/Tokyo', 'created:2026-11-01', '-n', '1'])
    expect(out).toContain('2026-11-01 20:58:00+09:00')
  })
})

describe('hooktrail who', () => {
  it('tells what somebody did: what stands out first, then by day, repository and action, then the entries', async () => {
    const { code, out } = await ask(['who', 'mona'])
    expect(code).toBe(0)
    const parts = ['mona  1 entry in 1 repository, on 2026-11-01', 'Notable', 'By day (UTC)']
    const rest = ['By repository', 'By action', 'Entries']
    const places = [...parts, ...rest].map((part) => out.indexOf(part))
    expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true)
    expect(out).toMatch(/^2026-11-01 +1 +█+ +1 notable$/m)
    expect(out).toMatch(/^acme\/shop +1 /m)
  })

  it('finds also what ran because they triggered it, is narrowed by a query, and knows @me', async () => {
    const via = await ask(['who', 'deployer', '--json'])
    expect(JSON.parse(via.out)).toMatchObject({
      complete: true,
      actions: { 'branch_protection.edited': 1 },
      notable: [{ seq: 1 }],
    })
    const env = { DATABASE_URL: database.url, HOOKTRAIL_LOGIN: 'mona' }
    const none = await hooktrail(['who', '@me', 'is:failed'], { env })
    expect([none.code, none.out]).toEqual([1, ''])
    expect(none.err).toContain('Nothing by @me')
  })

  it('lets no name drive the terminal', async () => {
    const { out, err } = await ask(['who', ATTACK, 'created:>=2026-01-01'])
    expect(out + err).not.toMatch(CONTROL)
  })
})
