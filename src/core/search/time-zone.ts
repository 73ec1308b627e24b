const DAY = 86_400_000

/** Making a format costs more than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** What the zone's clocks show at an instant, in milliseconds as if they showed UTC. */
export function civilTime(instant: number, timeZone: string): number {
  return instant + zoneOffset(instant, timeZone)
}

/**
 * The instant at which the zone's clocks show `civil` (milliseconds as if they showed UTC): the first of two when clocks were
 * set back; when clocks skipped it, the instant of the skip.
 */
export function instantOf(civil: number, timeZone: string): number {
  // No zone changes its clocks twice in two days, so these are the offsets before and after a change.
  const offsets = [zoneOffset(civil - DAY, timeZone), zoneOffset(civil + DAY, timeZone)]
  const [first, last] = offsets.map((offset) => civil - offset).sort((one, other) => one - other)
  if (first === undefined || last === undefined || first === last) return civil - (offsets[0] ?? 0)
  for (const instant of [first, last]) {
    if (civilTime(instant, timeZone) === civil) return instant
  }
  return firstAtOrAfter(civil, timeZone, { from: first, to: last })
}

/** Clocks skip `civil` between two instants: finds where they do. */
function firstAtOrAfter(
  civil: number,
  timeZone: string,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let [before, after] = [from, to]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (civilTime(middle, timeZone) >= civil) after = middle
    else before = middle
  }
  return civilTime(before, timeZone) >= civil ? before : after
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function zoneOffset(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  const name = formatOf(timeZone)
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name ?? '') ?? []
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)
  return (sign === '-' ? -1000 : 1000) * size
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  formats.set(timeZone, format)
  return format
}
