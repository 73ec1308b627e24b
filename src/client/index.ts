/** A client of /api/v1: types and schemas of its answers are made from the API's own description. */
export { answered, found } from './answered.js'
export { exportEntries } from './export-entries.js'
export { connect, type ApiClient, type Server } from './connect.js'
export { followEntries, type Following } from './follow-entries.js'
export { isProblem, type Problem } from './problem.js'
export { ServerError } from './server-error.js'
