// Writes the part of docs/policies.md that the registry of policies knows (src/core/policies).
// Part of `npm run docs`, which builds first.
import { readFileSync, writeFileSync } from 'node:fs'

import { policiesTable } from '../dist/core/policies/index.js'

const page = new URL('policies.md', import.meta.url)
const [before, , after] = readFileSync(page, 'utf8').split(
  /(?<=<!-- policies -->\n)|(?=<!-- end -->)/,
)
writeFileSync(page, `${before}\n${policiesTable()}\n\n${after}`)
