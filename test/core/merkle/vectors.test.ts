import { expect, it } from '@jest/globals'

import { checkConsistency, checkInclusion, leafHash } from '../../../src/core/merkle/index.js'

// From the reference implementation of Certificate Transparency (merkle_tree_test.cc). Leaves count from 1 there.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const A = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const B = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const C = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const D = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const E = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const F = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
const G = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'

const bytes = (hex = ''): Buffer => Buffer.from(hex, 'hex')

it.each([
  [1, 1, []],
  [1, 8, [A, B, C]],
  [6, 8, [D, E, F]],
  [3, 3, [ROOTS[1] ?? '']],
  [2, 5, [ROOTS[0] ?? '', B, D]],
])('the audit path of leaf %i in the reference’s tree of %i holds', (leaf, size, path) => {
  const claim = {
    leafHash: leafHash(bytes(LEAVES[leaf - 1])),
    index: leaf - 1,
    size,
    root: bytes(ROOTS[size - 1]),
  }
  expect(checkInclusion(claim, path.map(bytes))).toBe(true)
  expect(checkInclusion({ ...claim, root: leafHash(bytes('ff')) }, path.map(bytes))).toBe(false)
})

it.each([
  [1, 1, []],
  [1, 8, [A, B, C]],
  [6, 8, [G, E, F]],
  [2, 5, [B, D]],
])('the consistency proof from %i to %i of the reference holds', (from, to, path) => {
  const [old, grown] = [from, to].map((size) => ({ size, root: bytes(ROOTS[size - 1]) }))
  if (!old || !grown) throw new Error('two sizes')
  expect(checkConsistency(old, grown, path.map(bytes))).toBe(true)
  expect(checkConsistency({ ...old, root: grown.root }, grown, path.map(bytes))).toBe(from === to)
})
