export { createAlertReporter, type AlertReporter, type AlertWritten } from './alert/reporter.js'
export { renderCheckRun, type CheckRunContent } from './check-run/render.js'
export {
  CHECK_RUN_NAME,
  createCheckRunReporter,
  type CheckRunReporter,
  type CheckRunReporterOptions,
  type CheckRunWritten,
} from './check-run/reporter.js'
export type { Skipped, SkipReason } from './skipped.js'
export { isOwnEcho } from './own-echo.js'
