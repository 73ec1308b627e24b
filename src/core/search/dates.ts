import { civilTime, instantOf } from './time-zone.js'

/** Clock and calendar of the person who asks. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number
  /** IANA name; days and times without an offset are meant in it. */
  readonly timeZone: string
}

/** What a written date stands for, in milliseconds since 1970, both ends included. */
export interface Period {
  readonly from: number
  readonly to: number
  /** Said relative to now: an instant that nothing happened at exactly. */
  readonly relative: boolean
}

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?([Zz]|[+-]\d\d:?\d\d)?)?$/
const RELATIVE = /^-(\d{1,6})(m|h|d|w)$/
const MINUTE = 60_000
const DAYS_AGO: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', 1],
])
const UNIT = { m: MINUTE, h: 60 * MINUTE, d: 1440 * MINUTE, w: 7 * 1440 * MINUTE }

/** Reads `2026-01-31`, `2026-01-31T10:00[:00[.000]][Z]`, `today`, `-7d`; `undefined` for anything else. */
export function readDate(text: string, moment: Moment): Period | undefined {
  const [, amount, unit] = RELATIVE.exec(text) ?? []
  if (amount !== undefined && unit !== undefined) {
    const from = moment.now - Number(amount) * UNIT[unit as keyof typeof UNIT]
    return { from, to: from, relative: true }
  }
  const daysAgo = DAYS_AGO.get(text.toLowerCase())
  if (daysAgo !== undefined) return dayAgo(daysAgo, moment)
  const parts = DATE.exec(text)
  return parts ? readParts(parts, moment.timeZone) : undefined
}

/** A day by the calendar of whoever asks. */
function dayAgo(days: number, { now, timeZone }: Moment): Period {
  const today = Math.floor(civilTime(now, timeZone) / UNIT.d) * UNIT.d
  const civil = today - days * UNIT.d
  const to = instantOf(civil + UNIT.d, timeZone) - 1
  return { from: instantOf(civil, timeZone), to, relative: false }
}

function readParts(parts: RegExpExecArray, timeZone: string): Period | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] =
    parts
  const written = `${String(year)}-${String(month)}-${String(day)}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}Z`
  const civil = Date.parse(written)
  // Date.parse turns February 30 into March 2.
  if (Number.isNaN(civil) || new Date(civil).toISOString() !== written) return undefined
  const from = toInstant(civil, offset, timeZone)
  // A day ends where the next begins, which is not always 24 hours later.
  const next =
    parts[4] === undefined ? toInstant(civil + UNIT.d, offset, timeZone) : from + precision(parts)
  return { from, to: next - 1, relative: false }
}

function precision([, , , , , , second, fraction]: RegExpExecArray): number {
  if (second === undefined) return MINUTE
  return fraction === undefined ? 1000 : 10 ** (3 - fraction.length)
}

/** The instant at which clocks show `civil` (as if they showed UTC). */
function toInstant(civil: number, offset: string | undefined, timeZone: string): number {
  return offset === undefined ? instantOf(civil, timeZone) : civil - writtenOffset(offset)
}

function writtenOffset(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const [hours, minutes] = [offset.slice(1, 3), offset.slice(-2)].map(Number)
  const size = ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE
  return offset.startsWith('-') ? -size : size
}
