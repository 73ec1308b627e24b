// Writes the table of docs/query-language.md from the table of fields (src/core/search/fields.ts).
// Part of `npm run docs`, which builds first.
import { fieldTable } from '../dist/core/search/index.js'
import { writeBetween } from './write-between.mjs'

writeBetween('query-language.md', 'keys', fieldTable())
