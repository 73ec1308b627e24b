import { createContext, runInContext } from 'node:vm'

import { beforeAll, expect, it } from '@jest/globals'
import { build } from 'esbuild'

import * as native from '../../../src/core/merkle/index.js'
import { DefinedTree, numbered } from './defined-tree.js'
import { checkpointWith, log, TEXT, witnesses } from './signers.js'

/** core/merkle as a page would load it, where there is nothing but what every browser has. */
let portable: typeof native
beforeAll(async () => {
  const entry = new URL('../../../src/core/merkle/index.ts', import.meta.url).pathname
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'merkle',
    target: 'es2023',
  })
  const text = outputFiles[0]?.text ?? ''
  const context = createContext({ TextEncoder, TextDecoder, atob, btoa, crypto: undefined })
  const seen = runInContext(
    `typeof Buffer + typeof process + typeof require + typeof globalThis.process`,
    context,
  ) as string
  expect(seen).toBe('undefined'.repeat(4))
  // The context's own Uint8Array is another one than ours: as in a page, which makes its bytes itself.
  portable = runInContext(`${text}; merkle`, context) as typeof native
  toContext = runInContext('(numbers) => Uint8Array.from(numbers)', context) as typeof toContext
})
let toContext: (numbers: readonly number[]) => Uint8Array
const there = (bytes: Uint8Array): Uint8Array => toContext([...bytes])

const tree = new DefinedTree(numbered(300))

it('gives the hashes of RFC 6962 without Node’s', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  expect(portable.toHex(portable.emptyRoot())).toBe(empty)
  const first = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
  expect(portable.toHex(portable.leafHash(there(new Uint8Array())))).toBe(first)
})

it('accepts proofs that hold, and none with a bit turned', () => {
  for (const [index, size] of [
    [0, 1],
    [7, 8],
    [255, 256],
    [256, 257],
    [123, 300],
  ] as const) {
    const path = tree.path(index, size).map(there)
    const claim = {
      ...{ leafHash: there(tree.hash(index, index + 1)), index, size },
      root: there(tree.root(size)),
    }
    expect(portable.checkInclusion(claim, path)).toBe(true)
    const [first] = path
    if (first) {
      first[0] = (first[0] ?? 0) ^ 1
      expect(portable.checkInclusion(claim, path)).toBe(false)
    }
  }
  const [old, grown] = [100, 300].map((size) => ({ size, root: there(tree.root(size)) }))
  if (!old || !grown) throw new Error('two sizes')
  const proof = tree.proof(100, 300).map(there)
  expect(portable.checkConsistency(old, grown, proof)).toBe(true)
  expect(portable.checkConsistency({ ...old, size: 101 }, grown, proof)).toBe(false)
})

it('verifies a signed checkpoint with its cosignatures', () => {
  const keys = [log, ...witnesses].map(({ key }) =>
    portable.parseVerifierKey(native.formatVerifierKey(key)),
  )
  const opened = portable.openCheckpoint(checkpointWith(2), keys)
  expect([opened.size, opened.signatures.length]).toEqual([20, 3])
  const other = checkpointWith(2).replace('\n20\n', '\n21\n')
  expect(() => portable.openCheckpoint(other, keys)).toThrow('does not verify')
  expect(portable.formatCheckpoint(portable.parseCheckpoint(TEXT))).toBe(TEXT)
})

it('verifies the example of c2sp.org/signed-note', () => {
  const key = portable.parseVerifierKey(
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  )
  const note = [
    'If you think cryptography is the answer to your problem,',
    "then you don't know what your problem is.",
    '',
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
    '',
  ].join('\n')
  expect(portable.verifyNote(portable.parseNote(note), [key])).toHaveLength(1)
  const forged = note.replace('answer', 'ansver')
  expect(() => portable.verifyNote(portable.parseNote(forged), [key])).toThrow('does not verify')
})
