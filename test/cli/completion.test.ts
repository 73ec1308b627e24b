import { spawnSync } from 'node:child_process'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from '@jest/globals'

import { readShellLine } from '../../src/cli/completion/shell-line.js'
import { hooktrail } from './terminal.js'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const TYPESCRIPT = fileURLToPath(new URL('../support/typescript.js', import.meta.url))
const BREAKS = ' \t\n"\'><=;|&(:'

async function complete(line: string): Promise<string[]> {
  const { out } = await hooktrail(['__complete', 'bash', line, BREAKS])
  return out.split('\n').slice(0, -1)
}

describe('what comes after the cursor', () => {
  it.each<[string, string[]]>([
    ['hooktrail se', ['search ']],
    ['hooktrail jobs re', ['retry ']],
    ['hooktrail completion z', ['zsh ']],
    ['hooktrail search --csv --nd', ['--ndjson ']],
    ['hooktrail search -b', ['-branch:']],
    ['hooktrail search branch:x -bra', ['-branch:']],
    ['hooktrail search --tz Europe/Berl', ['Europe/Berlin ']],
    // bash replaces what comes after its last word break, the colon.
    ['hooktrail search is:bot is:fa', ['failed ']],
    ['hooktrail who octocat action:push.f', ['push.forced ']],
    ['hooktrail search created:\\>-7', ['\\>-7d ']],
    ["hooktrail search 'is:bot created:>-7", ['is:bot created:>-7d']],
    ['hooktrail search "is:bot is:fa', ['is:bot is:failed']],
    ['hooktrail verify is:fa', []],
    ['hooktrail search gone:x', []],
  ])('%s', async (line, candidates) => {
    expect(await complete(line)).toEqual(candidates)
  })

  it('is told to zsh and fish as whole words with what they mean', async () => {
    const { out } = await hooktrail([
      '__complete',
      'fish',
      'hooktrail search is:bot -outcome:failu',
    ])
    expect(out).toBe('-outcome:failure\n')
    const shown = await hooktrail(['__complete', 'zsh', 'hooktrail ver'])
    expect(shown.out).toBe('verify\trecompute the whole log from its leaves\n')
  })
})

it('cuts a line as a shell does', () => {
  expect(readShellLine(String.raw`a 'b c' "d \" e" f\ g h"i`)).toEqual({
    words: ['a', 'b c', 'd " e', 'f g'],
    word: 'hi',
    raw: 'h"i',
    inQuote: 'i',
  })
  expect(readShellLine('a ')).toEqual({ words: ['a'], word: '', raw: '', inQuote: undefined })
})

describe('the script that a shell reads', () => {
  it.each([
    [
      'bash',
      'eval "$(cat)"; COMP_LINE="hooktrail search is:fa"; COMP_POINT=22; _hooktrail; printf "[%s]" "${COMPREPLY[@]}"',
      '[failed ]',
    ],
    [
      'zsh',
      'autoload -U compinit; compinit -D; eval "$(cat)"; echo ${_comps[hooktrail]}',
      '_hooktrail\n',
    ],
    ['fish', 'cat | source; complete -C "hooktrail search is:fa"', 'is:failed\tfailed\n'],
  ])('works in %s, where it is installed', async (shell, command, expected) => {
    if (spawnSync(shell, ['-c', 'true']).error) return
    const { out } = await hooktrail(['completion', shell])
    // Scripts call the command by its name.
    const name = `hooktrail() { '${execPath}' --no-warnings --import '${TYPESCRIPT}' '${MAIN}' "$@"; }`
    const fish = `function hooktrail; '${execPath}' --no-warnings --import '${TYPESCRIPT}' '${MAIN}' $argv; end`
    const { stdout, stderr } = spawnSync(
      shell,
      ['-c', `${shell === 'fish' ? fish : name}\n${command}`],
      {
        input: out,
        encoding: 'utf8',
      },
    )
    expect({ stdout, stderr }).toEqual({ stdout: expected, stderr: '' })
  })
})
