import { describe, expect, it } from '@jest/globals'

import { parseTilePath, tilePath, tileWidth } from '../../../src/core/merkle/index.js'

describe('tile paths', () => {
  it.each([
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 63, index: 1000, width: 1 }, 'tile/63/x001/000.p/1'],
    [{ level: 'entries', index: 999, width: 255 }, 'tile/entries/999.p/255'],
  ] as const)('write %j as %s and read it back', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it.each([
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/0/٠٠٠',
  ])('refuse %s', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })

  it('have the widths of the specification’s example, a tree of 70,000', () => {
    const widths = [
      [0, 272],
      [0, 273],
      [0, 274],
      [1, 0],
      [1, 1],
      [2, 0],
      [3, 0],
    ].map(([level = 0, index = 0]) => tileWidth(70_000, level, index))
    expect(widths).toEqual([256, 112, 0, 256, 17, 1, 0])
    expect([tileWidth(256, 0, 0), tileWidth(256, 1, 0)]).toEqual([256, 1])
  })
})
