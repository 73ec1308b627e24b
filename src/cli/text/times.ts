import { civilTime, zoneOffset } from '../../core/search/index.js'
import { printable } from '../../platform/index.js'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * How a table says when: `3 min ago`, or the moment itself where that is asked for.
 * @param timeZone IANA name, in which the moment is told
 */
export function when(time: string, now: number, timeZone: string | undefined): string {
  const at = Date.parse(time)
  if (Number.isNaN(at)) return printable(time)
  return timeZone === undefined ? relativeTime(at, now) : zonedTime(time, timeZone)
}

/** `2026-11-22 04:13:09Z`; milliseconds are left out. What is no RFC 3339 time stays as it is. */
export function utcTime(time: string): string {
  return zonedTime(time, 'UTC')
}

/** `2026-11-22 05:13:09+01:00`, or with `Z` in UTC. */
export function zonedTime(time: string, timeZone: string): string {
  const at = Date.parse(time)
  if (Number.isNaN(at)) return printable(time)
  const civil = new Date(civilTime(at, timeZone)).toISOString().slice(0, 19).replace('T', ' ')
  return civil + offsetName(zoneOffset(at, timeZone))
}

function offsetName(offset: number): string {
  if (offset === 0) return 'Z'
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const parts = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  return (offset < 0 ? '-' : '+') + parts.join(':')
}

function relativeTime(at: number, now: number): string {
  const seconds = Math.trunc((now - at) / 1000)
  if (Math.abs(seconds) < 1) return 'now'
  const span = spanOf(Math.abs(seconds))
  return seconds < 0 ? `in ${span}` : `${span} ago`
}

/** In the largest unit that is there in full. */
export function spanOf(seconds: number): string {
  if (seconds < MINUTE) return `${String(Math.floor(seconds))} s`
  if (seconds < HOUR) return `${String(Math.floor(seconds / MINUTE))} min`
  if (seconds < DAY) return `${String(Math.floor(seconds / HOUR))} h`
  return `${String(Math.floor(seconds / DAY))} d`
}
