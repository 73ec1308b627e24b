// Writes the table of docs/events.md from the registry of actions (src/core/domain/actions).
// Part of `npm run docs`, which builds first.
import { actionTable } from '../dist/core/domain/index.js'
import { writeBetween } from './write-between.mjs'

writeBetween('events.md', 'actions', actionTable())
