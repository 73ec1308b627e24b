import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { parseQuery } from '../../../src/core/search/index.js'

const HOUR = 3_600_000

function day(date: string, timeZone: string, now = 0): { from: string; hours: number } {
  const query = parseQuery(`created:${date}`, { now, timeZone })
  if (query.kind !== 'range') throw new Error('a date is a range')
  const { from = NaN, to = NaN } = query.any[0] ?? {}
  return { from: new Date(from).toISOString(), hours: (to + 1 - from) / HOUR }
}

describe('a day of a time zone', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z', 23],
    // Clocks skip midnight: the day begins at one o'clock.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', 23],
    // Clocks show the hour before midnight twice.
    ['2026-04-04', 'America/Santiago', '2026-04-04T03:00:00.000Z', 25],
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00.000Z', 24.5],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z', 24],
  ])('%s in %s begins at %s and has %d hours', (date, zone, from, hours) => {
    expect(day(date, zone)).toEqual({ from, hours })
  })

  it('begins where the one before ends, and its first instant has its date, wherever and whenever', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 25_000 }),
        (timeZone, number) => {
          const dates = [number, number + 1].map((days) =>
            new Date(days * 24 * HOUR).toISOString().slice(0, 10),
          )
          const [first = '', second = ''] = dates
          // Samoa and others crossed the date line and left a day out.
          fc.pre(!isLeftOut(first, timeZone) && !isLeftOut(second, timeZone))
          const { from, hours } = day(first, timeZone)
          const next = Date.parse(from) + hours * HOUR
          expect(new Date(next).toISOString()).toBe(day(second, timeZone).from)
          const shown = new Date(from).toLocaleDateString('sv-SE', { timeZone })
          expect(shown).toBe(first)
          const before = new Date(Date.parse(from) - 1).toLocaleDateString('sv-SE', { timeZone })
          expect(before < first).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is also said as today and yesterday, by the calendar of whoever asks', () => {
    const now = Date.parse('2026-03-29T22:30:00Z')
    expect(day('today', 'UTC', now).from).toBe('2026-03-29T00:00:00.000Z')
    expect(day('today', 'Europe/Berlin', now).from).toBe('2026-03-29T22:00:00.000Z')
    expect(day('yesterday', 'Europe/Berlin', now)).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      hours: 23,
    })
  })
})

function isLeftOut(date: string, timeZone: string): boolean {
  try {
    day(date, timeZone)
    return false
  } catch {
    return true
  }
}
