import { SEVERITIES } from '../domain/index.js'
import { readDate, type Moment } from './dates.js'
import { FIELDS, type RangeDefinition, type RangeField } from './fields.js'
import { nearest } from './nearest.js'
import type { Range } from './query.js'
import { QueryError } from './query-error.js'
import type { Comparison, RawValue } from './token.js'

/** The numbers that a single value stands for: a day is many milliseconds. */
interface Extent {
  readonly from: number
  readonly to: number
}

/** From year 1 to year 9999: what both sides of the wire can say. */
const DATES: Extent = { from: -62_135_596_800_000, to: 253_402_300_799_999 }
const LIMITS: Readonly<Record<RangeDefinition['type'], Extent>> = {
  severity: { from: 0, to: SEVERITIES.length - 1 },
  number: { from: 0, to: Number.MAX_SAFE_INTEGER },
  date: DATES,
}

/** The range that a value of a number, date or severity stands for. @throws QueryError `query.value` */
export function readRange(field: RangeField, raw: RawValue, moment: Moment): Range {
  const range = raw.comparison ? compared(field, raw, moment) : written(field, raw, moment)
  const { from = -Infinity, to = Infinity } = range
  const limits = LIMITS[FIELDS[field].type]
  if (from > to) refuse(raw, `the range “${raw.text}” ends before it begins`)
  if (from > limits.to || to < limits.from) {
    refuse(raw, `${field} is never ${raw.comparison ?? ''}${raw.text}`)
  }
  return range
}

function compared(field: RangeField, raw: RawValue, moment: Moment): Range {
  const extent = readOne(field, raw, raw.text, moment)
  const ranges: Readonly<Record<Comparison, Range>> = {
    '>': { from: extent.to + 1 },
    '>=': { from: extent.from },
    '<': { to: extent.from - 1 },
    '<=': { to: extent.to },
  }
  return ranges[raw.comparison ?? '>=']
}

function written(field: RangeField, raw: RawValue, moment: Moment): Range {
  const dots = raw.text.indexOf('..')
  if (dots < 0) return exactly(field, raw, moment)
  const [first, last] = [raw.text.slice(0, dots), raw.text.slice(dots + 2)]
  if (isOpen(first) && isOpen(last)) refuse(raw, 'a range needs at least one end')
  return {
    ...(isOpen(first) ? {} : { from: readOne(field, raw, first, moment).from }),
    ...(isOpen(last) ? {} : { to: readOne(field, raw, last, moment).to }),
  }
}

function isOpen(end: string): boolean {
  return end === '*' || end === ''
}

function exactly(field: RangeField, raw: RawValue, moment: Moment): Range {
  if (FIELDS[field].type === 'date' && readDate(raw.text, moment)?.relative) {
    refuse(raw, `“${raw.text}” is one instant; since then is “>${raw.text}”`, `>${raw.text}`)
  }
  const { from, to } = readOne(field, raw, raw.text, moment)
  return { from, to }
}

function readOne(field: RangeField, raw: RawValue, text: string, moment: Moment): Extent {
  switch (FIELDS[field].type) {
    case 'severity':
      return severity(raw, text)
    case 'number':
      return number(field, raw, text)
    case 'date':
      return date(field, raw, text, moment)
  }
}

function severity(raw: RawValue, text: string): Extent {
  const names: readonly string[] = SEVERITIES
  const level = /^\d$/.test(text) ? Number(text) : names.indexOf(text.toLowerCase())
  if (level >= 0 && level < names.length) return { from: level, to: level }
  const message = `severity cannot be “${text}”: it is one of ${names.join(', ')}, or 0 to 4`
  return refuse(raw, message, replaced(raw, text, nearest(text, names)))
}

function number(field: RangeField, raw: RawValue, text: string): Extent {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (!Number.isSafeInteger(value)) {
    refuse(
      raw,
      `${field} takes a whole number, not “${text}”; for example ${field}:12, >12 or 12..20`,
    )
  }
  return { from: value, to: value }
}

function date(field: RangeField, raw: RawValue, text: string, moment: Moment): Extent {
  const period = readDate(text, moment)
  if (!period || period.from < DATES.from || period.to > DATES.to) {
    const forms =
      '2026-01-31, 2026-01-31T10:00, 2026-01-31T10:00:00Z or, for the last seven days, >-7d'
    return refuse(raw, `${field} cannot read the date “${text}”; write ${forms}`, dashed(raw, text))
  }
  return { from: period.from, to: period.to }
}

/** `2026/1/31` and `7d` are the mistakes that one can mend. */
function dashed(raw: RawValue, text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? []
  const mended = year && `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = /^\d+[mhdw]$/.test(text) ? `-${text}` : mended
  const readable = date && date !== text && readDate(date, { now: 0, timeZone: 'UTC' })
  return readable ? replaced(raw, text, date) : undefined
}

/** The whole value with one of its ends replaced. */
function replaced(raw: RawValue, end: string, by: string | undefined): string | undefined {
  return by === undefined ? undefined : `${raw.comparison ?? ''}${raw.text.replace(end, () => by)}`
}

function refuse(raw: RawValue, message: string, suggestion?: string): never {
  const { position, length } = raw
  throw new QueryError('query.value', message, { position, length, suggestion })
}
