// Writes the table of docs/events.md from the registry of actions (src/core/domain/actions).
// Part of `npm run docs`, which builds first.
import { readFileSync, writeFileSync } from 'node:fs'

import { actionTable } from '../dist/core/domain/index.js'

const page = new URL('events.md', import.meta.url)
const [before, , after] = readFileSync(page, 'utf8').split(
  /(?<=<!-- actions -->\n)|(?=<!-- end -->)/,
)
writeFileSync(page, `${before}\n${actionTable()}\n\n${after}`)
