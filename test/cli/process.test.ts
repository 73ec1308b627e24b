import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { Appender } from '../../src/ledger/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'
import { delivery, draft } from '../support/deliveries.js'
import { hooktrail, NOW } from './terminal.js'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const TYPESCRIPT = fileURLToPath(new URL('../support/typescript.js', import.meta.url))

type Process = ChildProcessByStdio<null, Readable, Readable>

let database: TestDatabase
let appender: Appender

beforeAll(async () => {
  database = await testDatabase()
  appender = new Appender(database, () => NOW)
  await appender.append({ delivery: delivery('first'), drafts: [draft()] })
})

afterAll(async () => {
  await database.drop()
})

function start(...args: readonly string[]): Process {
  return spawn(execPath, ['--no-warnings', '--import', TYPESCRIPT, MAIN, ...args], {
    env: { DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function firstLine(child: Process): Promise<string> {
  for await (const line of createInterface(child.stdout)) return line
  return ''
}

async function codeOf(child: Process): Promise<unknown> {
  const [code] = (await once(child, 'exit')) as unknown[]
  return code
}

describe('the process', () => {
  it('writes answers to stdout, notes to stderr, and exits with the code of the answer', async () => {
    const child = start('show', '77')
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      codeOf(child),
    ])
    expect([code, out, err]).toEqual([1, '', 'There is no entry 77 in this log.\n'])
  })

  it('ends in order on Ctrl-C', async () => {
    const child = start('tail', '-f')
    const ended = Promise.all([codeOf(child), text(child.stderr)])
    expect(await firstLine(child)).toContain('push.created')
    child.kill('SIGINT')
    expect(await ended).toEqual([130, ''])
  })

  it('says nothing when its reader goes away (| head -1)', async () => {
    const child = start('tail', '-f', '--json')
    const ended = Promise.all([codeOf(child), text(child.stderr)])
    expect(await firstLine(child)).toContain('"seq":0')
    child.stdout.destroy()
    await appender.append({ delivery: delivery('second'), drafts: [draft()] })
    expect(await ended).toEqual([0, ''])
  })
})

describe('docs/cli.md', () => {
  it('explains every command with every option', async () => {
    const page = readFileSync('docs/cli.md', 'utf8')
    const { out } = await hooktrail(['help'])
    const names = [...out.matchAll(/^ {2}([a-z]+) (?=\[)/gm)].map((match) => match[1] ?? '')
    expect(names).toEqual(expect.arrayContaining(['search', 'doctor', 'help']))
    for (const name of names) {
      expect(page).toContain(`hooktrail ${name}`)
      const help = await hooktrail(['help', name])
      for (const [option] of help.out.matchAll(/--[a-z-]+(?=[ ,<])/g))
        expect(page).toContain(option)
    }
  })
})

describe('the pager', () => {
  const command = `'${execPath}' --no-warnings --import '${TYPESCRIPT}' '${MAIN}' search`

  /** In a pseudo-terminal, as a person sees it; nothing where script(1) is not installed. */
  function onTerminal(pager: string): string | undefined {
    const { error, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      env: { DATABASE_URL: database.url, PAGER: pager, PATH: '/bin:/usr/bin', TERM: 'xterm' },
      encoding: 'utf8',
    })
    return error ? undefined : stdout
  }

  it('shows a long answer on a terminal, and none in a pipe', () => {
    const paged = onTerminal("sed 's/^/paged: /'")
    if (paged === undefined) return
    expect(paged).toMatch(/^paged: .*who/m)
    const piped = spawnSync('sh', ['-c', command], {
      env: { DATABASE_URL: database.url, PAGER: 'false', PATH: '/bin:/usr/bin' },
      encoding: 'utf8',
    })
    expect(piped.stdout).toContain('push.created')
  })

  it('is left out where there is none of this name', () => {
    const shown = onTerminal('no-such-pager 2>/dev/null')
    if (shown !== undefined) expect(shown).toContain('push.created')
  })
})
