import { describe, expect, it } from '@jest/globals'

import { example } from '../../src/core/policies/example.js'
import { isOwnEcho } from '../../src/reporters/index.js'

describe('our own echo', () => {
  it("is an entry about something that our App wrote, and no other App's", () => {
    const entry = example({ action: 'github.check_run.completed', labels: { app_id: 4711 } })
    expect(isOwnEcho(entry, 4711)).toBe(true)
    expect(isOwnEcho(entry, 4712)).toBe(false)
    expect(isOwnEcho(example({ action: 'push.created' }), 4711)).toBe(false)
  })
})
