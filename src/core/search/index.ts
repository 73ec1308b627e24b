export { FIELDS, type FieldDefinition } from './fields.js'
export { parseQuery } from './parser.js'
export { printQuery } from './print.js'
export type {
  AndQuery,
  FieldName,
  FlagField,
  FlagTerm,
  NotQuery,
  OrQuery,
  Query,
  Range,
  RangeField,
  RangeTerm,
  TextField,
  TextMatch,
  TextTerm,
  WordsTerm,
} from './query.js'
export { QueryError, type QueryErrorCode } from './query-error.js'
