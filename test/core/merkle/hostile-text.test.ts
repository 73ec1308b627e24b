import { describe, it } from '@jest/globals'
import fc from 'fast-check'

import {
  MerkleError,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  parsePolicy,
  parseProofFile,
  parseTilePath,
  parseVerifierKey,
  toBase64,
} from '../../../src/core/merkle/index.js'
import { checkpointWith, TEXT, tree } from './signers.js'

const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'

describe('parsers of foreign text', () => {
  const readers = {
    parseNote,
    parseCheckpoint,
    parseVerifierKey,
    parsePolicy,
    parseProofFile,
    parseAddCheckpoint,
  }
  const pieces = fc.constantFrom(
    '\n',
    '\n\n',
    '— ',
    ' ',
    '+',
    'old 1',
    'index 1',
    'c2sp.org/tlog-proof@v1',
    'log ',
    'quorum none',
    PETER,
    TEXT,
    checkpointWith(2),
    '\u0000',
    '\uD800',
    '=',
    'AAAA',
    toBase64(tree.root(3)),
    '0',
    '99999999999999999999',
  )
  const hostile = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 })
    .map((parts) => parts.join(''))

  it('read it or refuse it, and nothing else happens', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const read of Object.values(readers)) {
          try {
            read(text)
          } catch (error) {
            if (!(error instanceof MerkleError)) throw error
          }
        }
        parseTilePath(text)
      }),
      { numRuns: 500 },
    )
  })
})
