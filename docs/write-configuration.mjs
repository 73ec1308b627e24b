// Writes .env.example and the tables of docs/configuration.md from the registry of settings
// (src/platform/config/settings.ts). Part of `npm run docs`, which builds first.
import { readFileSync, writeFileSync } from 'node:fs'

import { envExample, settingsTables } from '../dist/platform/index.js'

const page = new URL('configuration.md', import.meta.url)
const [before, , after] = readFileSync(page, 'utf8').split(
  /(?<=<!-- settings -->\n)|(?=<!-- end -->)/,
)
writeFileSync(page, `${before}\n${settingsTables()}\n\n${after}`)
writeFileSync(new URL('../.env.example', import.meta.url), envExample())
