import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { hooktrail } from './terminal.js'

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/
let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hooktrail-workflow-'))
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text)
  }
  write('old.yml', 'on: push\njobs: { a: { steps: [{ run: x }] } }\n')
  write(
    'new.yml',
    'on: [push, issue_comment]\njobs: { a: { steps: [{ run: x, name: "\\e[8mhidden\\u202e" }] } }\n',
  )
  write('same.yml', '"on": push # now\njobs:\n  a: { steps: [{ run: x }] }\n')
  write('broken.yml', 'on: push\njobs: [\n')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('hooktrail workflow', () => {
  it('tells what is different in meaning, and exits as diff does', async () => {
    const changed = await hooktrail(['workflow', 'diff', 'old.yml', 'new.yml'], { cwd: folder })
    expect(changed.code).toBe(1)
    expect(changed.out).toContain('high      Now runs on “issue_comment”')
    expect(changed.out).toContain('“\\u{1b}[8mhidden\\u{202e}”')
    expect(changed.out).not.toMatch(CONTROL)
    const same = await hooktrail(['workflow', 'diff', 'old.yml', 'same.yml'], { cwd: folder })
    expect(same).toMatchObject({ code: 0, out: 'No difference in meaning.\n' })
  })

  it('gives changes and facts as JSON', async () => {
    const diff = await hooktrail(['workflow', 'diff', '--json', 'old.yml', 'new.yml'], {
      cwd: folder,
    })
    expect(JSON.parse(diff.out)).toMatchObject({
      changes: [
        {
          what: 'trigger',
          change: 'added',
          subject: 'issue_comment',
          severity: 3,
          lines_after: { first: 1, last: 1 },
        },
        { what: 'step_name', change: 'added' },
      ],
    })
    const facts = await hooktrail(['workflow', 'facts', '--json', 'old.yml'], { cwd: folder })
    expect(facts.code).toBe(0)
    expect(JSON.parse(facts.out)).toMatchObject({
      kind: 'workflow',
      jobs: [{ id: 'a', steps: [{ run: { text: 'x' } }] }],
    })
  })

  it('says why a file cannot be read, and that one is not there', async () => {
    const broken = await hooktrail(['workflow', 'facts', 'broken.yml'], { cwd: folder })
    expect(broken.code).toBe(1)
    expect(broken.out).toMatch(/^It cannot be read: “.+”, line 3, column 1\.\n$/)
    const missing = await hooktrail(['workflow', 'facts', 'no.yml'], { cwd: folder })
    expect(missing.code).toBe(2)
    expect(missing.err).toContain('no.yml cannot be opened (ENOENT)')
  })
})
