import { describe, expect, it } from '@jest/globals'

import { createDice } from '../../../src/demo/story/random.js'
import { playSchedule } from '../../../src/demo/story/schedule.js'
import { fill } from '../../../src/demo/story/template.js'
import { createEmit, type Act, type Clock } from '../../../src/demo/story/world.js'

describe('a schedule', () => {
  it('plays acts side by side, each step at its own moment', () => {
    const clock: Clock = { now: 0, outbox: [] }
    const emit = createEmit(clock, createDice(1))
    const act = (name: string, pause: number): (() => Act) =>
      function* () {
        emit(`${name}1`, {})
        yield pause
        emit(`${name}2`, {})
      }
    const appointments = [
      { at: 10, act: act('a', 30) },
      { at: 20, act: act('b', 5) },
    ]
    const told = [...playSchedule(clock, appointments)].map(({ at, event }) => [at, event])
    expect(told).toEqual([
      [10, 'a1'],
      [20, 'b1'],
      [25, 'b2'],
      [40, 'a2'],
    ])
  })

  it('lets whoever was first go first when two steps fall on one moment', () => {
    const clock: Clock = { now: 0, outbox: [] }
    const emit = createEmit(clock, createDice(1))
    const appointments = ['a', 'b', 'c'].map((name) => ({
      at: 5,
      *act(): Act {
        emit(name, {})
        yield 0
        emit(name, {})
      },
    }))
    const told = [...playSchedule(clock, appointments)].map(({ event }) => event)
    expect(told.join('')).toBe('aabbcc')
  })
})

describe('a template', () => {
  it('refuses a blank that nobody fills', () => {
    expect(() => fill('membership', { api: 'x' })).toThrow('asks for <org>')
  })

  it('keeps the type of a value that fills a whole string, and text that looks like a blank', () => {
    const filled = fill('membership', {
      api: 'https://api.example',
      org: 'o',
      login: '<user>',
      state: 'active',
      user: { id: 1 },
    })
    expect(filled).toMatchObject({
      url: 'https://api.example/orgs/o/memberships/<user>',
      user: { id: 1 },
    })
  })
})
