import type { Query, Range } from '../../core/search/index.js'

/** Milliseconds since 1970, both ends included. */
export interface TimeBounds {
  readonly from: number
  readonly to: number
}

/** From year 1 to year 9999: what an entry's time can be. */
export const ALL_TIME: TimeBounds = { from: -62_135_596_800_000, to: 253_402_300_799_999 }

/** No entry that the query means lies outside of these. */
export function timeBounds(query: Query): TimeBounds {
  let { from, to } = ALL_TIME
  for (const term of query.kind === 'and' ? query.terms : [query]) {
    if (term.kind !== 'range' || term.field !== 'created') continue
    from = Math.max(from, Math.min(...term.any.map(lower)))
    to = Math.min(to, Math.max(...term.any.map(upper)))
  }
  return { from, to }
}

function lower({ from = ALL_TIME.from }: Range): number {
  return from
}

function upper({ to = ALL_TIME.to }: Range): number {
  return to
}
