export { exportBundle, type BundleOutcome } from './export-bundle.js'
export { readEntryProof, type EntryProof } from './entry-proof.js'
