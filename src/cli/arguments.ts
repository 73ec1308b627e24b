import { InvalidArgumentError } from 'commander'

/** Commands whose arguments are terms of a query. */
export const QUERY_COMMANDS = new Set([
  'search',
  'tail',
  'explain',
  'who',
  'save',
  'facets',
  'histogram',
])

/** Options before the command's name whose value is the next argument. */
const WITH_VALUE = ['--server', '--token-file']

/**
 * `search -actor:bot` excludes a bot: such arguments are terms of the query, not options. A space in front keeps
 * Commander from reading them as options, and means nothing in a query.
 */
export function protectNegations(args: readonly string[]): string[] {
  const at = args.findIndex(
    (arg, index) => !arg.startsWith('-') && !WITH_VALUE.includes(args[index - 1] ?? ''),
  )
  const name = args[at] ?? ''
  if (!QUERY_COMMANDS.has(name) && name !== 'query') return [...args]
  return args.map((arg, index) => (index > at && /^-[^-]./.test(arg) ? ` ${arg}` : arg))
}

/** An option's number of entries: 1 or more. */
export function readCount(text: string): number {
  const count = Number(text)
  if (/^\d{1,9}$/.test(text) && count > 0) return count
  throw new InvalidArgumentError('It is a whole number, 1 or more.')
}
