export { readRuns, type RunStory } from './read-run.js'
