/**
 * GitHub's search syntax for times: `2026-01-01`, `>=2026-01-01T12:00:00Z`, `2026-01-01..2026-01-31`, `*..2026-01-31`.
 * @see https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax
 */
export function isWithinTimes(wanted: string | null, at: Date): boolean {
  if (wanted === null) return true
  const [from = '', to] = wanted.split('..')
  if (to !== undefined) return startOf(from) <= at && at <= endOf(to)
  const [, sign = '', day = ''] = /^([<>]=?)?(.*)$/.exec(wanted) ?? []
  return compare(sign, day, at)
}

function compare(sign: string, day: string, at: Date): boolean {
  if (sign === '>=') return at >= startOf(day)
  if (sign === '>') return at > endOf(day)
  if (sign === '<=') return at <= endOf(day)
  if (sign === '<') return at < startOf(day)
  return startOf(day) <= at && at <= endOf(day)
}

function startOf(text: string): Date {
  return text === '*' ? new Date(0) : new Date(text)
}

/** A day lasts to its end. */
function endOf(text: string): Date {
  if (text === '*') return new Date(8.64e15)
  return text.includes('T') ? new Date(text) : new Date(`${text}T23:59:59.999Z`)
}
