export { createAlertReporter, type AlertReporter } from './alert/reporter.js'
export { createCheckRunReporter, type CheckRunReporter } from './check-run/reporter.js'
export { isOwnEcho } from './own-echo.js'
