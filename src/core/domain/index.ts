/**
 * Glossary: the words that the code, the documentation and the pages use.
 *
 * - **delivery**: one POST from a source, known by host and GUID. A delivery that comes again has the same GUID.
 * - **draft**: one fact as a normaliser reads it from a delivery; not yet numbered, sealed or stored.
 * - **entry**: one fact in the log: somebody did something to something, at a time, with a result.
 * - **leaf**: the canonical bytes of an entry, which the tree's leaf hash covers.
 * - **sealed value**: a salted commitment in a leaf, in place of personal text; its **opening** (salt and text) is
 *   kept apart, so that erasing it breaks no proof.
 * - **subject**: the person or machine behind a principal; leaves hold only its random id.
 * - **finding**: what a policy says about an entry. An **alert** is a finding that somebody is told of.
 * - **run attempt**: one execution of a workflow run; a re-run has the same run id and a higher attempt.
 * - **reaction**: what Hooktrail writes elsewhere because of an entry: a check run, an issue.
 */
export * from './action-table.js'
export * from './actions.js'
export * from './delivery.js'
export * from './entry.js'
export * from './entry-words.js'
export * from './errors.js'
export * from './finding.js'
export * from './group-by.js'
export * from './ids.js'
export * from './json.js'
export * from './principal.js'
export * from './report.js'
export * from './seal.js'
export * from './workflow-change.js'
