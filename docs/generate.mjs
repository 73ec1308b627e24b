// Writes the table of docs/events.md from the registry of actions (src/core/domain/actions).
// After `npm run build`: node docs/generate.mjs, or node docs/generate.mjs --check, which writes nothing and
// exits with 1 if the page is not as the registry makes it.
import { readFileSync, writeFileSync } from 'node:fs'

import { actionTable } from '../dist/core/domain/index.js'

const page = new URL('events.md', import.meta.url)
const old = readFileSync(page, 'utf8')
const [before, , after] = old.split(/(?<=<!-- actions -->\n)|(?=<!-- end -->)/)
const fresh = `${before}\n${actionTable()}\n\n${after}`
if (!process.argv.includes('--check')) {
  writeFileSync(page, fresh)
} else if (fresh !== old) {
  console.error('docs/events.md is not as the registry makes it; run: node docs/generate.mjs')
  process.exitCode = 1
}
