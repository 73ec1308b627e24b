export { currentRoot, verifyLog } from './verify-log.js'
export type { Pin, VerifyReport } from './verify-log.js'
export { MAX_PROBLEMS, type VerifyLevel } from './report.js'
export { verifyRemembered, type RememberedReport } from './verify-remembered.js'
