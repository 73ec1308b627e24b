import { RequestError } from '../request-error.js'

/**
 * What a reader of states found. Nothing is nothing, whether it is not there or may not be seen.
 * @param what in the singular: “run with this id”
 * @throws RequestError `api.not_found`
 */
export function found<Thing>(things: readonly Thing[], what: string): readonly Thing[] {
  if (things.length > 0) return things
  throw new RequestError('api.not_found', `the log knows no ${what}`)
}
