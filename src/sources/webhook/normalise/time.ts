// Before this GitHub was not; past that a timestamp has more than four digits of a year.
const EARLIEST = Date.UTC(2007, 0)
const LATEST = Date.UTC(9999, 11, 31)
const SHAPE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

/**
 * RFC 3339 in UTC with milliseconds, from GitHub's ISO 8601 text (any offset) or seconds since 1970;
 * `undefined` for everything else.
 */
export function instant(value: unknown): string | undefined {
  const time = milliseconds(value)
  return time !== undefined && time >= EARLIEST && time <= LATEST
    ? new Date(time).toISOString()
    : undefined
}

function milliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value * 1000 : undefined
  if (typeof value !== 'string' || value.length > 40 || !SHAPE.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}

/** The first value that is a time. */
export function firstInstant(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const found = instant(value)
    if (found !== undefined) return found
  }
  return undefined
}
