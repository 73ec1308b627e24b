export { countBlocks } from './count-blocks.js'
export { countFacets, type Facet } from './facets.js'
export { countOverTime, type Histogram } from './histogram.js'
export { liveValues } from './live-values.js'
export { LogFollower, type FollowedBatch } from './log-follower.js'
export { relatedEntries, type RelatedEntries } from './related.js'
export { SearchError } from './search-error.js'
export {
  entriesAfter,
  entryByReference,
  logSize,
  MAX_PAGE,
  searchEntries,
} from './search-entries.js'
