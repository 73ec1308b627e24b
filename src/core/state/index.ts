export { foldRuns, type AttemptState, type RunState, type Status } from './run.js'
export type { JobState } from './jobs.js'
export type { JobsRunAgain } from './rerun.js'
export { newestReadings, readingKey, readingOf, type Reading } from './readings.js'
