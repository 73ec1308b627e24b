import { describe, expect, it } from '@jest/globals'

import type { CheckRunReport, ReportChange, ReportRun } from '../../../src/core/domain/index.js'
import { fingerprint, renderCheckRun } from '../../../src/reporters/check-run/render.js'
import { finding, push, report, run } from '../report.js'

const green = { runNumber: 11, headSha: 'f'.repeat(40), at: '2026-11-01T08:00:00.000Z' }

describe('the title', () => {
  it('answers at once when nothing is notable', () => {
    expect(renderCheckRun(report()).title).toBe('Nothing unusual · octocat · push')
  })

  it('says that it is early while runs are under way', () => {
    const content = renderCheckRun(
      report({ runs: [run({ state: 'in_progress', outcome: 'pending' })] }),
    )
    expect(content).toMatchObject({
      status: 'in_progress',
      title: 'Nothing unusual so far · octocat · push',
    })
    expect(content).not.toHaveProperty('conclusion')
  })

  it('counts and names what is notable, worst first', () => {
    const content = renderCheckRun(
      report({
        findings: [finding()],
        pushes: [
          push({
            pipelineFiles: [{ seq: 13, path: '.github/workflows/ci.yml', change: 'changed' }],
          }),
        ],
      }),
    )
    expect(content.title).toBe('2 notable: Branch protection weakened, pipeline changed')
  })

  it('needs neither a run nor a push', () => {
    const content = renderCheckRun(report({ runs: [], pushes: [] }))
    expect(content).toMatchObject({ title: 'Nothing unusual', conclusion: 'success' })
  })

  it('stays short and on one line', () => {
    const actor = { type: 'user', login: `x\n${'y'.repeat(400)}` } as const
    const { title } = renderCheckRun(report({ pushes: [], runs: [run({ actor })] }))
    expect(title.length).toBeLessThanOrEqual(210)
    expect(title).not.toContain('\n')
  })
})

describe('the conclusion', () => {
  it('is success when nothing is notable, also for a failed run, which has a check of its own', () => {
    expect(renderCheckRun(report({ runs: [run({ outcome: 'failure' })] })).conclusion).toBe(
      'success',
    )
  })

  it('is neutral with notes, and never failure', () => {
    const content = renderCheckRun(report({ findings: [finding({ severity: 4 })] }))
    expect(content.conclusion).toBe('neutral')
  })

  it('waits for the newest attempt of every run', () => {
    const running = run({ attempt: 2, state: 'waiting', outcome: 'pending' })
    expect(renderCheckRun(report({ runs: [running, run()] })).status).toBe('in_progress')
    const over = run({ attempt: 2 })
    const lost = run({ state: 'in_progress', outcome: 'pending' })
    expect(renderCheckRun(report({ runs: [lost, over] })).status).toBe('completed')
  })
})

describe('what is notable', () => {
  function titleOf(over: Partial<CheckRunReport>): string {
    return renderCheckRun(report(over)).title
  }

  it('is a forced push to the default branch or a moved tag, not to a branch of work', () => {
    expect(titleOf({ pushes: [push({ forced: true })] })).toBe('1 notable: forced push')
    const tag = push({ forced: true, defaultBranch: false, ref: 'refs/tags/v1' })
    expect(titleOf({ pushes: [tag] })).toBe('1 notable: forced push')
    const work = push({ forced: true, defaultBranch: false, ref: 'refs/heads/fix' })
    expect(titleOf({ pushes: [work] })).toMatch(/^Nothing unusual/)
  })

  it('is no skipped job', () => {
    const job = { name: 'test', outcome: 'skipped', steps: [] } as const
    expect(titleOf({ runs: [run({ jobs: [job] })] })).toMatch(/^Nothing unusual/)
  })

  it('is a green job with a failed step', () => {
    const steps = [{ name: 'scan', conclusion: 'failure' }]
    const jobs = [{ name: 'test', outcome: 'success', steps }] as const
    const content = renderCheckRun(report({ runs: [run({ jobs })] }))
    expect(content.title).toBe('1 notable: green with a failed step')
    expect(content.summary).toContain('succeeded although `scan` failed')
  })

  it('is a re-run that turned the same commit green, and who started it', () => {
    const first = run({
      outcome: 'failure',
      jobs: [{ name: 'test', outcome: 'failure', steps: [] }],
    })
    const second = run({ attempt: 2, triggeringActor: { type: 'user', login: 'hubot' } })
    const content = renderCheckRun(report({ runs: [first, second] }))
    expect(content.title).toBe('2 notable: green only after a re-run, re-run by somebody else')
    expect(content.summary).toContain(
      'attempt 1: **failure**, started by `octocat`; failed: `test`',
    )
    expect(content.summary).toContain('attempt 2 of what `octocat` started')
  })

  it('is a secret or setting that changed since last green', () => {
    const changes = [
      {
        seq: 14,
        at: '2026-11-01T09:00:00.000Z',
        action: 'ruleset.edited',
        category: 'setting',
        actor: { type: 'user', login: 'mallory' },
        target: 'main',
      },
    ] as const
    const window = { workflow: 'CI', ref: 'main', lastGreen: green, changes, more: 2 }
    const content = renderCheckRun(report({ sinceGreen: [window] }))
    expect(content.title).toBe('1 notable: settings or secrets changed')
    expect(content.summary).toContain('`ruleset.edited` `main` by `mallory`')
    expect(content.summary).toContain('and 2 others')
  })
})

describe('a change that several workflows see', () => {
  it('is told once, and not again where a finding tells of it', () => {
    const change = {
      seq: 16,
      at: '2026-11-01T09:00:00.000Z',
      action: 'ruleset.edited',
      category: 'setting',
      actor: { type: 'user', login: 'mallory' },
    } as const
    const windows = ['CI', 'Deploy'].map((workflow) => ({ workflow, changes: [change], more: 0 }))
    const alone = renderCheckRun(report({ sinceGreen: windows }))
    expect(alone.title).toBe('1 notable: settings or secrets changed')
    const told = renderCheckRun(report({ sinceGreen: windows, findings: [finding({ seq: 16 })] }))
    expect(told.title).toBe('1 notable: Branch protection weakened')
  })
})

describe('what policies say', () => {
  const change = {
    seq: 16,
    at: '2026-11-01T09:00:00.000Z',
    action: 'branch_protection.edited',
    category: 'setting',
    actor: { type: 'user', login: 'mallory' },
    target: 'main',
  } as const
  const summaryOf = (over: Partial<ReportChange>): string => {
    const windows = ['CI', 'Deploy'].map((workflow) => ({
      workflow,
      changes: [{ ...change, ...over }],
      more: 0,
    }))
    return renderCheckRun(report({ sinceGreen: windows })).summary
  }

  it('is about the commit itself, and points to earlier changes that have a finding', () => {
    const summary = summaryOf({ weakens: true, finding: finding() })
    expect(summary).toContain('### What changed since last green')
    expect(summary).toContain(
      '  - **Branch protection weakened**: `branch_protection.edited` `main`',
    )
    expect(summary).toContain(
      'on this commit itself. Of what changed since last green, 1 change has',
    )
  })

  it('is nothing where no change has a finding; a weakening is called one all the same', () => {
    const summary = summaryOf({ weakens: true })
    expect(summary).toContain('  - **Weakened**: `branch_protection.edited` `main` by `mallory`')
    expect(summary).toMatch(/on this commit itself\.$/m)
    expect(summaryOf({})).toContain('  - `branch_protection.edited` `main` by `mallory`')
  })
})

describe('the summary', () => {
  it('opens with who and why, and folds what is quiet', () => {
    const { summary } = renderCheckRun(report())
    expect(summary).toMatch(/^### Who and why\n\n- `octocat` pushed \[3 commits\]/)
    expect(summary).toContain('<details><summary>Proof</summary>')
    expect(summary).toContain('Leaf 17: `bGVhZg==`')
    expect(summary).toContain('`hooktrail verify --seq 17`')
  })

  it('puts what stands out first', () => {
    const { summary } = renderCheckRun(report({ findings: [finding()] }))
    expect(summary).toMatch(/^### What stands out\n\n- \*\*Branch protection weakened\*\*/)
    expect(summary).toContain('What to do: Restore the rule\\.')
  })

  it('opens the list of suspects for a failed run', () => {
    const change = {
      seq: 13,
      at: '2026-11-01T09:00:00.000Z',
      action: 'workflow_file.changed',
      category: 'pipeline',
      actor: { type: 'user', login: null },
    } as const
    const { summary } = renderCheckRun(
      report({
        runs: [run({ outcome: 'failure' })],
        sinceGreen: [{ workflow: 'CI', lastGreen: green, changes: [change], more: 0 }],
      }),
    )
    expect(summary).toContain('### What changed since last green')
    expect(summary).toContain('by somebody who was erased from the log')
  })

  it('says nothing in the name of strangers: no mention, link, HTML or new line of theirs', () => {
    const evil =
      '`</details>\n\n# @everyone ![x](https://evil.test/i.png) <script> closes #1 \u202e'
    const { summary, text } = renderCheckRun(hostile(evil))
    const outside = outsideCode(`${summary}${text}`)
    expect(outside).not.toMatch(/@|:\/\/evil|<script|!\[|#1|\u202e/)
    expect(outside.match(/<\/details>/g)?.length).toBe(outside.match(/<details>/g)?.length)
    for (const line of summary.split('\n')) expect(line).toMatch(/^(### |- | {2}- |<\/?details>|$)/)
  })
})

describe('the limits', () => {
  function many(number: number): ReportRun[] {
    return Array.from({ length: number }, (_, index) =>
      run({ runId: index, workflow: `CI ${String(index)}` }),
    )
  }

  it('lists fifty and counts the rest', () => {
    expect(renderCheckRun(report({ runs: many(80) })).summary).toContain('- and 31 others')
  })

  it("stays within GitHub's two fields at the worst, with whole lines and closed sections", () => {
    const evil = '\u202e'.repeat(500)
    const findings = Array.from({ length: 60 }, () =>
      finding({ title: evil, explanation: evil, remedy: evil, target: evil }),
    )
    const jobs = Array.from({ length: 200 }, (_, index) => ({
      name: evil,
      outcome: 'failure' as const,
      steps: [{ name: `${evil}${String(index)}`, conclusion: 'failure' }],
    }))
    const { summary, text } = renderCheckRun(
      report({ findings, runs: many(60).map((one) => ({ ...one, workflow: evil, jobs })) }),
    )
    for (const field of [summary, text]) {
      expect(Buffer.byteLength(field)).toBeLessThanOrEqual(65_000)
      expect(field.match(/<details>/g)?.length).toBe(field.match(/<\/details>/g)?.length)
    }
    expect(text).toContain('The rest does not fit into a check run')
  })
})

describe('the fingerprint', () => {
  it('does not move with the tree, only with what the report says', () => {
    const one = report()
    const later = { ...one, proof: { ...one.proof, treeSize: 99, rootHash: 'bGF0ZXI=' } }
    expect(fingerprint(later)).toBe(fingerprint(one))
    expect(fingerprint(report({ runs: [run({ outcome: 'failure' })] }))).not.toBe(fingerprint(one))
  })
})

function hostile(evil: string): CheckRunReport {
  const actor = { type: 'user', login: evil } as const
  const attribution = { confidence: 'unknown', method: evil } as const
  const shared = { actor, attribution, at: evil, url: `https://evil.test/${evil}` }
  const steps = [{ name: evil, conclusion: 'failure' }]
  const change = {
    ...shared,
    seq: 1,
    action: evil,
    category: 'secret',
    target: evil,
    finding: finding({ title: evil }),
  } as const
  return report({
    runs: [
      run({
        ...shared,
        workflow: evil,
        event: evil,
        ref: evil,
        jobs: [{ name: evil, outcome: 'success', steps }],
      }),
    ],
    pushes: [
      push({
        ...shared,
        ref: evil,
        pipelineFiles: [{ seq: 13, path: evil, change: 'added' }],
        forced: true,
      }),
    ],
    findings: [finding({ ...shared, title: evil, explanation: evil, remedy: evil, target: evil })],
    sinceGreen: [
      {
        workflow: evil,
        ref: evil,
        lastGreen: { headSha: evil, at: evil, url: evil },
        changes: [change],
        more: 0,
      },
    ],
  })
}

/** What CommonMark takes for more than text: neither code spans nor characters after a backslash. */
function outsideCode(markdown: string): string {
  let outside = ''
  let rest = markdown
  while (rest !== '') {
    const [text = ''] =
      /^\\[!-/:-@[-`{-~]/.exec(rest) ?? /^(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/.exec(rest) ?? []
    outside += text === '' ? (rest[0] ?? '') : ''
    rest = rest.slice(text.length || 1)
  }
  return outside
}
