import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { readPipelineFile, type PipelineFacts } from '../../../src/core/workflows/index.js'

function readable(text: string): PipelineFacts {
  const facts = readPipelineFile(text)
  if (facts.kind === 'unreadable') throw new Error(`${facts.reason}: ${facts.detail}`)
  return facts
}

const RELEASE = `name: Release
on:
  push:
    tags: ['v*', '!v0*']
  schedule:
    - cron: '0 4 * * 1'
permissions: read-all
env:
  LEVEL: \${{ vars.log_level }}
jobs:
  publish:
    needs: [build, test]
    runs-on: [self-hosted, linux]
    environment: { name: production, url: 'https://example.com' }
    permissions: { id-token: write, contents: read }
    if: github.repository == 'acme/shop' && secrets.deploy_key != ''
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - id: say
        run: |
          echo "\${{ github.event.issue.title }}"
        env:
          TOKEN: \${{ secrets['NPM_TOKEN'] }}
          ALL: \${{ toJSON(secrets) }}
          ONE: \${{ secrets[format('{0}_KEY', matrix.stage)] }}
        continue-on-error: true
  call:
    uses: acme/shared/.github/workflows/deploy.yaml@v2
    secrets: inherit
`

describe('readPipelineFile', () => {
  it('finds triggers with filters, rights, runners, environments and conditions, each with its lines', () => {
    const { name, triggers, permissions, jobs } = readable(RELEASE)
    expect(name).toBe('Release')
    expect(triggers.map(({ event }) => event)).toEqual(['push', 'schedule'])
    expect(triggers[0]?.filters.get('tags')?.text).toBe('v*, !v0*')
    expect(triggers[1]?.filters.get('cron')).toEqual({
      text: '0 4 * * 1',
      lines: { first: 5, last: 6 },
    })
    expect(permissions.mode).toBe('read-all')
    const [publish, call] = jobs
    expect(publish).toMatchObject({
      id: 'publish',
      needs: ['build', 'test'],
      runner: {
        labels: ['self-hosted', 'linux'],
        selfHosted: true,
        lines: { first: 13, last: 13 },
      },
      environment: { text: 'production' },
      lines: { first: 11, last: 27 },
    })
    expect([...(publish?.permissions.scopes ?? [])]).toEqual([
      ['id-token', 'write'],
      ['contents', 'read'],
    ])
    expect(publish?.settings.get('timeout-minutes')?.text).toBe('10')
    expect(call).toMatchObject({
      inheritsSecrets: true,
      uses: { kind: 'reusable_workflow', repository: 'acme/shared', ref: 'v2', pin: 'ref' },
    })
  })

  it('finds secrets and variables in expressions, whatever their spelling, and strangers’ text in scripts', () => {
    const { references } = readable(RELEASE)
    expect([...references.secrets]).toEqual([
      ['NPM_TOKEN', { first: 24, last: 24 }],
      ['DEPLOY_KEY', { first: 16, last: 16 }],
    ])
    expect([...references.variables.keys()]).toEqual(['LOG_LEVEL'])
    expect(references.allSecrets).toEqual({ first: 25, last: 25 })
    expect(references.dynamicSecrets).toEqual({ first: 26, last: 26 })
    expect([...references.injected.keys()]).toEqual(['github.event.issue.title'])
  })

  it('sees a stranger’s text in an expression that only GitHub understands', () => {
    const run = 'echo ${{ new_function(github.event.issue.title) }}'
    const text = JSON.stringify({ on: 'issues', jobs: { a: { 'runs-on': 'x', steps: [{ run }] } } })
    expect([...readable(text).references.injected.keys()]).toEqual(['github.event.issue.title'])
  })

  it.each([
    ['${{ secrets.A }} ${{ secrets.B }}', ['A', 'B']],
    ["${{ format('}} {0}', secrets.A) }}", ['A']],
    ['${{ secrets . A }}', ['A']],
    ['${{ new_function(secrets.A) }}', ['A']],
    ['${{ secrets.A ', ['A']],
    ['secrets.A in plain text', []],
    ["${{ 'secrets.A' }}", []],
  ])('reads the secrets of %s', (text, names) => {
    const facts = readable(JSON.stringify({ jobs: { a: { steps: [{ run: text }] } } }))
    expect([...facts.references.secrets.keys()]).toEqual(names)
  })

  it('says how each thing that is used is pinned', () => {
    const used = [
      'actions/checkout@v4',
      `actions/cache/restore@${'a'.repeat(40)}`,
      './.github/actions/setup',
      'docker://alpine:3.20',
      `docker://ghcr.io:443/a/b@sha256:${'b'.repeat(64)}`,
      'nonsense',
    ]
    const steps = used.map((uses) => ({ uses }))
    const { jobs } = readable(JSON.stringify({ jobs: { a: { steps } } }))
    const facts = jobs[0]?.steps.map(({ uses }) => [uses?.kind, uses?.pin, uses?.path])
    expect(facts).toEqual([
      ['action', 'ref', undefined],
      ['action', 'sha', 'restore'],
      ['local_action', 'none', '.github/actions/setup'],
      ['docker', 'ref', 'alpine'],
      ['docker', 'sha', 'ghcr.io:443/a/b'],
      ['unknown', 'none', 'nonsense'],
    ])
    expect(readable(RELEASE).jobs[0]?.steps[0]?.uses?.comment).toBe('v4.2.2')
  })

  it('reads composite actions, and follows anchors', () => {
    const action = readable(
      'name: Setup\ninputs: { node: { default: 22 } }\nruns:\n  using: composite\n  steps:\n    - run: npm ci\n      shell: bash\n',
    )
    expect(action).toMatchObject({ kind: 'action', name: 'Setup' })
    expect(action.jobs[0]?.settings.get('using')?.text).toBe('composite')
    expect(action.jobs[0]?.steps[0]?.settings.get('shell')?.text).toBe('bash')
    const anchored = readable('jobs:\n  a: &a\n    steps: [{ run: x }]\n  b: *a\n')
    expect(anchored.jobs.map(({ id, steps }) => [id, steps[0]?.run?.text])).toEqual([
      ['a', 'x'],
      ['b', 'x'],
    ])
  })

  const bomb = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    .map(
      (name, at, all) =>
        `${name}: &${name} [${Array(9)
          .fill(at === 0 ? 'x' : `*${all[at - 1] ?? ''}`)
          .join(', ')}]`,
    )
    .join('\n')

  it.each([
    ['a file that is too large', 'a: b\n'.repeat(220_000), 'too_large', undefined],
    ['an alias bomb', bomb, 'too_many_aliases', 3],
    ['an alias of itself', 'jobs: &a [*a]', 'too_complex', 1],
    ['brackets without end', '['.repeat(100_000), 'too_complex', undefined],
    ['broken YAML', 'on: push\njobs:\n  a: "\n', 'syntax', 4],
    ['a key that comes twice', 'on: push\njobs: {}\non: pull_request\n', 'syntax', 3],
    ['bytes that are no text', 'on: push\nname: \u0000', 'not_text', 2],
    ['a list', '- a', 'not_a_mapping', undefined],
    ['nothing', '', 'not_a_mapping', undefined],
  ])('reports %s as unreadable, with the reason and where', (_name, text, reason, line) => {
    expect(readPipelineFile(text)).toMatchObject({ kind: 'unreadable', reason, line })
  })

  it('never throws, on text nor on YAML of any shape', () => {
    const yaml = fc.json({ maxDepth: 6 })
    const keys = fc.constantFrom(
      'on',
      'jobs',
      'steps',
      'uses',
      'runs',
      'permissions',
      'runs-on',
      'if',
      'env',
      '<<',
      '__proto__',
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.string(), fc.integer(), fc.constant(null), tie('list'), tie('map')),
      list: fc.array(tie('any'), { maxLength: 3 }),
      map: fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
    }))
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      yaml,
      value.map.map((one) => JSON.stringify(one)),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(['workflow', 'action', 'unreadable']).toContain(readPipelineFile(text).kind)
      }),
      { numRuns: 500 },
    )
  })
})

/** The workflow files that packages brought along: real ones, of some twenty repositories. */
function shippedWorkflows(): string[] {
  const roots = readdirSync('node_modules').flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(path.join('node_modules', name)).map((one) => path.join(name, one))
      : [name],
  )
  return roots.flatMap((root) => {
    const folder = path.join('node_modules', root, '.github/workflows')
    return existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /\.ya?ml$/.test(name))
          .map((name) => path.join(folder, name))
      : []
  })
}

it('reads the workflow files that are in node_modules: each has triggers, jobs, and steps that do something', () => {
  const files = shippedWorkflows()
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) {
    const facts = readable(readFileSync(file, 'utf8'))
    expect([file, facts.triggers.length > 0, facts.jobs.length > 0]).toEqual([file, true, true])
    for (const { steps, uses } of facts.jobs) {
      expect([file, steps.length > 0 || uses !== undefined]).toEqual([file, true])
      for (const step of steps) expect([file, Boolean(step.uses ?? step.run)]).toEqual([file, true])
    }
  }
})
