import { createHash } from 'node:crypto'

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  appendLeaves,
  decodeFrontier,
  EMPTY_FRONTIER,
  encodeFrontier,
  leafHash,
  rootHash,
} from '../../../src/core/merkle/index.js'

const sha256 = (...parts: Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest()

/** RFC 6962 §2.1, word for word: the slow definition that the frontier must agree with. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (!first) return sha256()
  if (leaves.length === 1) return sha256(Buffer.of(0), first)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  const left = definedRoot(leaves.slice(0, split))
  return sha256(Buffer.of(1), left, definedRoot(leaves.slice(split)))
}

const numbered = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${String(index)}`))

describe('the frontier', () => {
  it('has the roots of the RFC 6962 test vectors', () => {
    // From the reference implementation of Certificate Transparency (merkle_tree_test.cc).
    const leaves = ['', '00', '10', '2021', '3031', '40414243'].map((hex) =>
      Buffer.from(hex, 'hex'),
    )
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    ]
    let frontier = EMPTY_FRONTIER
    expect(Buffer.from(rootHash(frontier)).toString('hex')).toBe(sha256().toString('hex'))
    for (const [index, leaf] of leaves.entries()) {
      frontier = appendLeaves(frontier, [leafHash(leaf)]).frontier
      expect(Buffer.from(rootHash(frontier)).toString('hex')).toBe(roots[index])
    }
  })

  it('agrees with the definition at every size up to 300, however the leaves are grouped', () => {
    const leaves = numbered(300)
    let frontier = EMPTY_FRONTIER
    let size = 0
    for (const step of [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 68]) {
      frontier = appendLeaves(frontier, leaves.slice(size, size + step).map(leafHash)).frontier
      size += step
      expect(frontier.size).toBe(size)
      expect(rootHash(frontier)).toEqual(Buffer.from(definedRoot(leaves.slice(0, size))))
    }
    expect(size).toBe(300)
  })

  it('names each tile that becomes full, with the hash of the leaves that it covers', () => {
    const leaves = numbered(600)
    const { nodes } = appendLeaves(EMPTY_FRONTIER, leaves.map(leafHash))
    expect(nodes.map(({ level, index }) => [level, index])).toEqual([
      [1, 0],
      [1, 1],
    ])
    expect(Buffer.from(nodes[1]?.hash ?? [])).toEqual(
      Buffer.from(definedRoot(leaves.slice(256, 512))),
    )
  })

  it('completes a tile of the second level after 65,536 leaves', () => {
    const leaf = leafHash(Buffer.from('same'))
    const { nodes } = appendLeaves(EMPTY_FRONTIER, new Array<Uint8Array>(65_536).fill(leaf))
    expect(nodes.filter(({ level }) => level === 2)).toHaveLength(1)
    expect(nodes.filter(({ level }) => level === 1)).toHaveLength(256)
  })

  it('comes back from its bytes', () => {
    fc.assert(
      fc.property(fc.nat(400), (size) => {
        const { frontier } = appendLeaves(EMPTY_FRONTIER, numbered(size).map(leafHash))
        const back = decodeFrontier(size, encodeFrontier(frontier))
        expect(rootHash(back)).toEqual(rootHash(frontier))
      }),
      { numRuns: 30 },
    )
  })

  it('is refused when its bytes do not fit its size', () => {
    expect(() => decodeFrontier(3, new Uint8Array(32))).toThrow(/2 hashes/)
  })
})
