import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import type { CheckRunReport, ReportDefinition } from '../../../src/core/domain/index.js'
import { pipelineDifference, readPipelineFile } from '../../../src/core/workflows/index.js'
import { renderCheckRun } from '../../../src/reporters/check-run/render.js'
import { createCheckRunReporter } from '../../../src/reporters/index.js'
import { githubBorder } from '../../support/github-border.js'
import { memoryReactions } from '../reactions.js'
import { push, report, SHA } from '../report.js'

const PATH = '.github/workflows/ci.yml'
const template = (name: string): string =>
  readFileSync(`src/demo/story/templates/workflows/${name}.yml`, 'utf8')

function compared(before: string, after: string): ReportDefinition {
  return {
    state: 'compared',
    changes: pipelineDifference(readPipelineFile(before), readPipelineFile(after)),
  }
}

function pushed(definition: ReportDefinition): CheckRunReport {
  return report({
    pushes: [push({ pipelineFiles: [{ seq: 13, path: PATH, change: 'changed', definition }] })],
  })
}

const attack = pushed(compared(template('ci'), template('ci-tampered')))

describe('a push that changed a workflow', () => {
  it('is told by what the change means, gravest first, in title, list and section', () => {
    const { title, summary, conclusion } = renderCheckRun(attack)
    expect(conclusion).toBe('neutral')
    expect(title).toBe('1 notable: permissions widened')
    expect(summary).toContain('### What changed in the pipeline')
    const url = `https://github.com/acme/shop/blob/${SHA}/${PATH}#L5`
    expect(summary).toContain(
      `  - **high**: Now runs on \`pull_request_target\`: with the repository’s secrets, for pull requests from anybody ([line 5](${url}))`,
    )
    const told = [...summary.matchAll(/^ {2}- \*\*(\w+)\*\*/gm)].map(([, severity]) => severity)
    expect(told).toEqual(['critical', 'critical', 'high', 'high', 'medium', 'medium'])
  })

  it('is marked on the lines of the commit', () => {
    const { annotations } = renderCheckRun(attack)
    expect(
      annotations.map(({ start_line, annotation_level, title }) => [
        start_line,
        annotation_level,
        title,
      ]),
    ).toEqual([
      [6, 'warning', 'permissions widened'],
      [13, 'warning', 'stranger’s code checked out'],
      [5, 'warning', 'trigger added'],
      [20, 'warning', 'secret newly used'],
      [23, 'notice', 'condition changed'],
    ])
  })

  it('stays folded when only layout is another', () => {
    const { summary, annotations } = renderCheckRun(
      pushed(compared(template('ci'), `# new\n${template('ci')}`)),
    )
    expect(summary).toContain('<details><summary>What changed in the pipeline</summary>')
    expect(summary).toContain('Only layout or comments')
    expect(annotations).toEqual([])
  })

  it.each(['no_permission', 'too_large', 'absent', 'new_branch', 'too_slow'] as const)(
    'says why it is not known: %s',
    (reason) => {
      const { summary } = renderCheckRun(pushed({ state: 'unknown', reason }))
      expect(summary).toMatch(/What changed in it is not known: [a-z]/i)
    },
  )

  it('shows what the file says as text, whatever it says', () => {
    const evil = '`](https://evil.example) <img src=x> @acme/everyone #1 \u202e'
    const jobs = {
      [evil]: {
        'runs-on': evil,
        if: evil,
        environment: evil,
        steps: [{ name: evil, run: evil, uses: evil, env: { [evil]: evil } }],
      },
    }
    const after = JSON.stringify({
      on: { [evil]: { branches: [evil] } },
      permissions: { contents: 'write' },
      jobs,
    })
    const { summary, annotations } = renderCheckRun(pushed(compared('on: push\njobs: {}\n', after)))
    // Outside of code spans nothing of it is left.
    const prose = summary.replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, '')
    expect(prose).not.toMatch(/evil|<img|@acme|\u202e/)
    for (const { message } of annotations) expect(message).not.toMatch(/[\u0000-\u001f\u202e]/)
  })
})

describe('annotations', () => {
  const LIST = `/repos/acme/shop/commits/${SHA}/check-runs`
  const CREATE = '/repos/acme/shop/check-runs'
  const answer = (annotations_count: number): object => ({
    id: 501,
    html_url: null,
    output: { annotations_count },
  })

  it('are sent once, since GitHub adds them to those that are there', async () => {
    const border = githubBorder()
    const reporter = createCheckRunReporter({ github: border.github, reactions: memoryReactions() })
    border
      .expectToken()
      .expect('GET', LIST, [200, { total_count: 0, check_runs: [] }])
      .expect('POST', CREATE, [201, answer(5)])
    await reporter.report(attack)
    expect(border.seen.at(-1)?.body).toMatchObject({
      output: { annotations: [{ start_line: 6 }, {}, {}, {}, {}] },
    })
    border.expect('PATCH', `${CREATE}/501`, [200, answer(5)])
    await reporter.report({ ...attack, runs: [] })
    expect(border.seen.at(-1)?.body).not.toHaveProperty('output.annotations')
    expect(border.complaints()).toEqual([])
    border.close()
  })

  it('are added to a check run that was there before the files could be read', async () => {
    const border = githubBorder()
    const reporter = createCheckRunReporter({ github: border.github, reactions: memoryReactions() })
    border
      .expectToken()
      .expect('GET', LIST, [200, { total_count: 0, check_runs: [] }])
      .expect('POST', CREATE, [201, answer(0)])
    await reporter.report(pushed({ state: 'unknown', reason: 'unavailable' }))
    border
      .expect('PATCH', `${CREATE}/501`, [200, answer(0)])
      .expect('PATCH', `${CREATE}/501`, [200, answer(5)])
    await reporter.report(attack)
    expect(border.seen.at(-1)?.body).toMatchObject({
      output: { annotations: [{ start_line: 6 }, {}, {}, {}, {}] },
    })
    expect(border.complaints()).toEqual([])
    border.close()
  })
})
