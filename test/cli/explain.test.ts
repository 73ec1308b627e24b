import { describe, expect, it } from '@jest/globals'

import { hooktrail } from './terminal.js'

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

describe('hooktrail explain', () => {
  it('says a query in words, with dates by the clocks of the zone, and asks no database', async () => {
    const env = { HOOKTRAIL_TIME_ZONE: 'Europe/Berlin', HOOKTRAIL_LOGIN: 'mona' }
    const { code, out } = await hooktrail(['explain', 'actor:@me', '-is:bot', 'created:today'], {
      env,
    })
    expect(code).toBe(0)
    expect(out).toBe(
      'Entries where the actor is mona, and it is not so that it was done by a bot or an app, and it happened at or after 2026-11-01 00:00 +01:00 and before 2026-11-02 00:00 +01:00. Times are those of Europe/Berlin.\n',
    )
    const json = await hooktrail(['explain', '--json', '--tz', 'UTC', 'run:1', 'run:2'], { env })
    expect(JSON.parse(json.out)).toEqual({
      query: 'run:1,2',
      explanation: 'Entries where the run is 1 or 2.',
      time_zone: 'UTC',
    })
  })

  it('shows everything that is wrong with a query at once', async () => {
    const { code, err } = await hooktrail(['explain', 'acter:x is:fialed "\u001b[31m'])
    expect(code).toBe(2)
    expect(err).toContain('did you mean “actor:”?')
    expect(err).toContain('Did you mean failed ?')
    expect(err).toContain('this quote is never closed')
    expect(err).toMatch(/^ {13}\^{6}$/m)
    expect(err).not.toMatch(CONTROL)
  })

  it('refuses a time zone that is none', async () => {
    const { code, err } = await hooktrail(['explain', '--tz', 'Mars/Olympus', 'x'])
    expect(code).toBe(2)
    expect(err).toContain('such as Europe/Berlin')
  })
})
