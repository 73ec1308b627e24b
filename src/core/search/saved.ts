import type { Asked, SavedQuery } from './context.js'
import { nearestNames, didYouMean } from './nearest.js'
import { QueryError } from './query-error.js'
import type { RawValue } from './token.js'

/**
 * The saved query that `saved:name` or `saved:organisation/name` means. A name alone means that of the organisation whose saved
 * query is being read, or else the only one that is called so.
 * @throws QueryError `query.saved`: there is none, there are several, or it would be read inside itself
 */
export function savedQueryNamed(raw: RawValue, { saved, within }: Asked): SavedQuery {
  if (!saved) refuse(raw, 'saved queries are not known here')
  const wanted = raw.text.toLowerCase()
  const called = saved.filter((one) => [one.name, fullName(one)].includes(wanted))
  const home = within.at(-1)?.organisation
  const [found, another] = called.filter((one) => one.organisation === home).concat(called)
  if (!found) refuse(raw, ...unknown(raw.text, saved))
  if (another && another !== found && found.organisation !== home) {
    const choices = called.map((one) => `saved:${fullName(one)}`).join(' or ')
    refuse(raw, `several organisations have saved “${raw.text}”: write ${choices}`)
  }
  if (within.includes(found)) {
    const path = [...within.slice(within.indexOf(found)), found].map(({ name }) => name)
    refuse(raw, `the saved query “${found.name}” would be part of itself: ${path.join(' → ')}`)
  }
  return found
}

function fullName({ organisation, name }: SavedQuery): string {
  return `${organisation.toLowerCase()}/${name}`
}

function unknown(text: string, saved: readonly SavedQuery[]): [string, string | undefined] {
  const names = nearestNames(
    text,
    saved.map(({ name }) => name),
  )
  return [`no query is saved as “${text}”${didYouMean(names)}`, names[0]]
}

function refuse({ position, length }: RawValue, message: string, suggestion?: string): never {
  throw new QueryError('query.saved', message, { position, length, suggestion })
}
