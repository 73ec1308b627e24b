import { env } from 'node:process'

import { describe, expect, it } from '@jest/globals'

import {
  checkConsistency,
  checkInclusion,
  leafHash,
  proveConsistency,
  proveInclusion,
  readRoot,
} from '../../../src/core/merkle/index.js'
import { consistencySpans, inclusionSpans } from '../../../src/core/merkle/proof-spans.js'
import { DefinedTree, flipped, numbered } from './defined-tree.js'

const SIZES = 300
/**
 * `all`: every bit of every proof up to 300 leaves is turned, which takes an hour, and every leaf of the large trees proved. A
 * number: every bit up to so many leaves.
 */
const ALL = env['HOOKTRAIL_PROOFS'] === 'all'
const EVERY_BIT = ALL ? SIZES : Number(env['HOOKTRAIL_PROOFS'] ?? 17)

const small = new DefinedTree(numbered(SIZES))
const large = new DefinedTree(numbered(65_537))
const LARGE_SIZES = [65_535, 65_536, 65_537]

interface Claim {
  readonly path: readonly Uint8Array[]
  readonly holds: (path: readonly Uint8Array[]) => boolean
}

function inclusion(tree: DefinedTree, index: number, size: number): Claim {
  const claim = { leafHash: tree.hash(index, index + 1), index, size, root: tree.root(size) }
  return { path: tree.path(index, size), holds: (path) => checkInclusion(claim, path) }
}

function consistency(tree: DefinedTree, oldSize: number, newSize: number): Claim {
  const old = { size: oldSize, root: tree.root(oldSize) }
  const grown = { size: newSize, root: tree.root(newSize) }
  return {
    path: tree.proof(oldSize, newSize),
    holds: (path) => checkConsistency(old, grown, path),
  }
}

/** How many of a proof's bits, turned one at a time, go unnoticed. */
function unnoticed({ path, holds }: Claim): number {
  let count = 0
  for (const [at, hash] of path.entries()) {
    for (let bit = 0; bit < 256; bit += 1) {
      if (holds(path.with(at, flipped(hash, bit)))) count += 1
    }
  }
  return count
}

/** A claim holds with its proof, and with none that is a bit different, shorter or longer. */
function faults(claim: Claim, seed: number): string[] {
  const { path, holds } = claim
  const found: string[] = []
  if (!holds(path)) found.push('the proof is refused')
  // One bit of each proof, another one each time; the test below takes them all.
  const at = seed % Math.max(1, path.length)
  const hash = path[at]
  if (hash && holds(path.with(at, flipped(hash, seed * 31))))
    found.push('a flipped bit is accepted')
  if (seed % 8 > 0) return found
  if (path.length > 0 && holds(path.slice(1))) found.push('a proof that is too short is accepted')
  if (holds([...path, small.root(1)])) found.push('a proof that is too long is accepted')
  return found
}

describe('proofs', () => {
  it('of every leaf of every tree up to 300 leaves hold, and hold no more with a flipped bit', () => {
    for (let size = 1; size <= SIZES; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const found = faults(inclusion(small, index, size), index + size)
        if (found.length > 0)
          throw new Error(`${String(index)} of ${String(size)}: ${found.join()}`)
      }
    }
  })

  it('of every growth up to 300 leaves hold, and hold no more with a flipped bit', () => {
    for (let size = 1; size <= SIZES; size += 1) {
      for (let old = 0; old <= size; old += 1) {
        const found = faults(consistency(small, old, size), old + size)
        if (found.length > 0) throw new Error(`${String(old)} to ${String(size)}: ${found.join()}`)
      }
    }
  })

  it(`are refused with any bit turned, whichever it is, up to ${String(EVERY_BIT)} leaves`, () => {
    for (let size = 1; size <= EVERY_BIT; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(unnoticed(inclusion(small, index, size))).toBe(0)
        expect(unnoticed(consistency(small, index, size))).toBe(0)
      }
    }
  }, 7_200_000)

  it.each([31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300])(
    'are refused with any bit turned at the edges and in the middle of %i leaves',
    (size) => {
      for (const index of [0, Math.floor(size / 2), size - 1]) {
        expect(unnoticed(inclusion(small, index, size))).toBe(0)
        expect(unnoticed(consistency(small, index, size))).toBe(0)
      }
    },
  )

  it.each(LARGE_SIZES)('are refused with any bit turned at the edges of %i leaves', (size) => {
    for (const index of [0, 65_534, size - 1]) {
      expect(unnoticed(inclusion(large, index, size))).toBe(0)
      expect(unnoticed(consistency(large, index, size))).toBe(0)
    }
  })

  it.each(LARGE_SIZES)('of leaves all over a tree of %i leaves hold', (size) => {
    const step = ALL ? 1 : 23
    for (let index = 0; index < size; index += index < 300 || index > size - 300 ? 1 : step) {
      const found = faults(inclusion(large, index, size), index)
      if (found.length > 0) throw new Error(`${String(index)}: ${found.join()}`)
    }
  })

  it.each(LARGE_SIZES)('of growth to %i leaves hold, from sizes of every shape', (size) => {
    for (const old of sizesOfEveryShape(size)) {
      expect([old, ...faults(consistency(large, old, size), old)]).toEqual([old])
    }
  })

  it('name the ranges that RFC 6962 defines', () => {
    for (let size = 1; size <= SIZES; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = hashesOf(inclusionSpans(index, size))
        const proof = index > 0 ? hashesOf(consistencySpans(index, size)) : []
        const isDefined =
          same(path, small.path(index, size)) && same(proof, small.proof(index, size))
        if (!isDefined) throw new Error(`${String(index)} of ${String(size)}`)
      }
    }
  })

  it.each([1, 2, 3, 7, 8, 255, 256, 257, 300])(
    'are made from the tiles of %i leaves',
    async (size) => {
      for (let index = 0; index < size; index += size > 20 ? 17 : 1) {
        const path = await proveInclusion({ index, size }, small.readTiles)
        expect(path).toEqual(small.path(index, size))
        const proof = await proveConsistency(index, size, small.readTiles)
        expect(proof).toEqual(small.proof(index, size))
      }
      expect(await readRoot(size, SIZES, small.readTiles)).toEqual(small.root(size))
    },
  )

  it.each(LARGE_SIZES)('are made from the tiles of %i leaves', async (size) => {
    for (const index of [0, 1, 255, 256, 32_767, 32_768, 65_279, 65_280, size - 1]) {
      const path = await proveInclusion({ index, size }, large.readTiles)
      expect(path).toEqual(large.path(index, size))
      const proof = await proveConsistency(index, size, large.readTiles)
      expect(proof).toEqual(large.proof(index, size))
    }
  })

  it('are refused for places that no tree has', async () => {
    const root = small.root(8)
    const claim = { leafHash: leafHash(Buffer.of()), index: 0, size: 8, root }
    for (const index of [-1, 8, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1]) {
      expect(checkInclusion({ ...claim, index }, small.path(0, 8))).toBe(false)
      await expect(proveInclusion({ index, size: 8 }, small.readTiles)).rejects.toThrow(RangeError)
    }
    const head = { size: 8, root }
    expect(checkConsistency({ size: 9, root }, head, [])).toBe(false)
    expect(checkConsistency({ size: -1, root }, head, [])).toBe(false)
    expect(checkConsistency(head, { size: 8, root: small.root(7) }, [])).toBe(false)
    await expect(proveConsistency(9, 8, small.readTiles)).rejects.toThrow(RangeError)
    const short = small.path(0, 8).map((hash) => hash.subarray(1))
    expect(checkInclusion({ ...claim, leafHash: small.hash(0, 1) }, short)).toBe(false)
  })

  it('are not made from a tile of the wrong length', async () => {
    await expect(
      proveInclusion({ index: 0, size: 3 }, (tiles) =>
        Promise.resolve(tiles.map(() => new Uint8Array(64))),
      ),
    ).rejects.toThrow('tile/0/000.p/3 has 64 bytes and should have 96')
  })
})

function hashesOf(spans: readonly { readonly start: number; readonly end: number }[]): Buffer[] {
  return spans.map(({ start, end }) => small.hash(start, end))
}

/** The tree remembers its hashes, so that equal ones are the same object. */
function same(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  return one.length === other.length && one.every((hash, at) => hash === other[at])
}

/** Powers of two and their neighbours, tile borders, and some in between. */
function sizesOfEveryShape(size: number): number[] {
  const sizes = new Set([0, 1, size - 1, size])
  for (let power = 2; power < size; power *= 2) {
    for (const near of [power - 1, power, power + 1]) sizes.add(near)
  }
  for (let at = 3; at < size; at += ALL ? 1 : 397) sizes.add(at)
  return [...sizes].filter((one) => one <= size)
}
