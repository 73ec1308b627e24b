// Writes the table of docs/events.md from the registry of actions (src/core/domain/actions).
// After `npm run build`: node docs/generate.mjs, or node docs/generate.mjs --check, which writes nothing and
// exits with 1 if the page is not as the registry makes it.
import { readFileSync, writeFileSync } from 'node:fs'

import { actionTable } from '../dist/core/domain/index.js'

const [BEGIN, END] = ['<!-- actions -->', '<!-- end -->']
const page = new URL('events.md', import.meta.url)
const old = readFileSync(page, 'utf8')
const [begin, end] = [old.indexOf(BEGIN), old.indexOf(END)]
if (begin < 0 || end < begin) throw new Error(`docs/events.md needs ${BEGIN} and, after it, ${END}`)

const fresh = `${old.slice(0, begin)}${BEGIN}\n\n${actionTable()}\n\n${old.slice(end)}`
if (!process.argv.includes('--check')) {
  writeFileSync(page, fresh)
} else if (fresh !== old) {
  console.error('docs/events.md is not as the registry makes it; run: node docs/generate.mjs')
  process.exitCode = 1
}
