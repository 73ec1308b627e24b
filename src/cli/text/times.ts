const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How a table says when: `3 min ago`, or the moment itself where that is asked for. */
export function when(time: string, now: number, utc: boolean): string {
  const at = Date.parse(time)
  if (utc || Number.isNaN(at)) return utcTime(time)
  return relativeTime(at, now)
}

/** `2026-11-22 04:13:09Z`; milliseconds are left out. What is no RFC 3339 time stays as it is. */
export function utcTime(time: string): string {
  const at = Date.parse(time)
  if (Number.isNaN(at)) return time
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`
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
