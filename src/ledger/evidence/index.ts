export { exportBundle, type BundleOutcome } from './export-bundle.js'
