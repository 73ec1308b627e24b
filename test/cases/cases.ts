// What the normalisers make of recorded deliveries, beside what they made of them when it was recorded.
//   npm run cases                      shows the differences; exit code 1 if there are any
//   npm run cases -- push              only files whose path contains `push`
//   npm run cases -- --write [push]    records today's entries; `git diff` is the review
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { printed } from '../../src/cli/text/printed.js'
import { abandonedFiles, allRecordings, type Recording } from './recordings.js'

const words = process.argv.slice(2)
const chosen = words.filter((word) => word !== '--write')
const all = allRecordings()
const recordings = all.filter(
  (one) => chosen.length === 0 || chosen.some((word) => one.path.includes(word)),
)

if (words.includes('--write')) {
  recordings.forEach(write)
  abandonedFiles(all).forEach((file) => {
    rmSync(file)
  })
} else {
  show()
}

function write({ path: file, today }: Recording): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${printed(today)}\n`)
}

function show(): void {
  const changed = recordings.filter((one) => !isRecorded(one))
  const folder = mkdtempSync(path.join(tmpdir(), 'hooktrail-cases-'))
  for (const { path: file, today } of changed) {
    const now = path.join(folder, 'now.json')
    writeFileSync(now, `${printed(today)}\n`)
    say(`\n${file}\n${difference(existsSync(file) ? file : '/dev/null', now)}`)
  }
  rmSync(folder, { recursive: true })
  let deliveries = 0
  for (const one of recordings) deliveries += one.deliveries
  const [files, differ] = [recordings, changed].map(({ length }) => String(length))
  say(`${String(deliveries)} deliveries in ${String(files)} files, ${String(differ)} files differ`)
  if (changed.length === 0) return
  say('npm run cases -- --write records what is shown')
  process.exitCode = 1
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function isRecorded({ path: file, today }: Recording): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === `${printed(today)}\n`
}

/** The hunks of `git diff`, with the case or field that each is in. */
function difference(before: string, after: string): string {
  const color = process.stdout.isTTY ? '--color=always' : '--color=never'
  const { stdout } = spawnSync('git', ['diff', '--no-index', color, '-U2', before, after], {
    encoding: 'utf8',
  })
  return stdout.split('\n').slice(4).join('\n')
}
