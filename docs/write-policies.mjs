// Writes the part of docs/policies.md that the registry of policies knows (src/core/policies).
// Part of `npm run docs`, which builds first.
import { policiesTable } from '../dist/core/policies/index.js'
import { writeBetween } from './write-between.mjs'

writeBetween('policies.md', 'policies', policiesTable())
