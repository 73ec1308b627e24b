export { countBlocks } from './count-blocks.js'
export { SearchError } from './search-error.js'
export {
  entriesAfter,
  entryByReference,
  logSize,
  MAX_PAGE,
  searchEntries,
} from './search-entries.js'
