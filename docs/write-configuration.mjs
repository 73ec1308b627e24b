// Writes .env.example and the tables of docs/configuration.md from the registry of settings
// (src/platform/config/settings.ts). Part of `npm run docs`, which builds first.
import { writeFileSync } from 'node:fs'

import { envExample, settingsTables } from '../dist/platform/index.js'
import { writeBetween } from './write-between.mjs'

writeBetween('configuration.md', 'settings', settingsTables())
writeFileSync(new URL('../.env.example', import.meta.url), envExample())
