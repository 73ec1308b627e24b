export { SearchError } from './search-error.js'
export {
  entriesAfter,
  entryByReference,
  logSize,
  MAX_PAGE,
  searchEntries,
  type Following,
  type SearchOptions,
  type SearchPage,
} from './search-entries.js'
