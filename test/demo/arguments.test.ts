import { describe, expect, it } from '@jest/globals'

import { HELP, readArguments } from '../../src/demo/arguments.js'

describe('the demo’s command line', () => {
  it('plays as fast as it goes on any free port unless told otherwise', () => {
    expect(readArguments([])).toEqual({ exit: false, help: false, port: 0 })
  })

  it('takes a speed, a port and --exit', () => {
    const words = ['--exit', '--speed', '20', '--port=4000']
    expect(readArguments(words)).toEqual({ exit: true, help: false, port: 4000, speed: 20 })
  })

  it.each([
    [['--speed', '0'], '--speed'],
    [['--speed', 'fast'], '“fast”'],
    [['--port', '70000'], '65535'],
    [['--fast'], '--fast'],
    [['now'], 'now'],
  ])('refuses %j and says what is wrong', (words, part) => {
    expect(() => readArguments(words)).toThrow(part)
    expect(() => readArguments(words)).toThrow('--help')
  })

  it('explains itself within 80 columns', () => {
    expect(Math.max(...HELP.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})
