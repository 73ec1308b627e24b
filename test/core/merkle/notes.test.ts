import { describe, expect, it } from '@jest/globals'

import {
  formatNote,
  formatSignature,
  formatVerifierKey,
  MerkleError,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  SIGNATURE_TYPES,
  signNote,
  toBase64,
  verifierKey,
  verifyNote,
} from '../../../src/core/merkle/index.js'
import { flipped } from './defined-tree.js'
import { checkpointWith, cosignature, log, signer, TEXT, witnesses } from './signers.js'

/** golang.org/x/mod/sumdb/note, note_test.go. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETERS_TEXT =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  )
const PETERS_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
const PETERS_NOTE = `${PETERS_TEXT}\n${PETERS_LINE}\n`

/** c2sp.org/tlog-cosignature: a checkpoint with the log's signature and a cosignature. */
const EXAMPLE = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

describe('a signed note', () => {
  it('is read, verified and written as Go’s reference does', () => {
    const note = parseNote(PETERS_NOTE)
    expect(note.text).toBe(PETERS_TEXT)
    const key = parseVerifierKey(PETER)
    expect(formatVerifierKey(key)).toBe(PETER)
    expect(verifyNote(note, [key])).toMatchObject([
      { key: { name: 'PeterNeumann' }, line: PETERS_LINE },
    ])
    expect(formatNote(note.text, [PETERS_LINE])).toBe(PETERS_NOTE)
  })

  it('has unknown keys’ lines ignored, also those that share a name or an id with a known key', () => {
    const other = signer('PeterNeumann')
    const impostor = { ...parseVerifierKey(PETER), name: 'Peter' }
    expect(verifyNote(parseNote(PETERS_NOTE), [other.key, impostor])).toEqual([])
  })

  it('is refused when a known key’s signature does not verify, whatever else does', () => {
    const bad = PETERS_NOTE.replace('cryptography', 'Cryptography')
    const key = parseVerifierKey(PETER)
    expect(() => verifyNote(parseNote(bad), [key])).toThrow(
      new MerkleError('merkle.signature', 'the signature of PeterNeumann does not verify'),
    )
    const { text } = parseNote(bad)
    const both = formatNote(text, [signNote(log.key, text, log.sign), PETERS_LINE])
    expect(() => verifyNote(parseNote(both), [log.key, key])).toThrow('PeterNeumann')
  })

  it.each([
    ['no signature', PETERS_TEXT],
    ['no empty line', `${PETERS_TEXT}${PETERS_LINE}\n`],
    ['no text', `\n\n${PETERS_LINE}\n`.slice(1)],
    ['no newline at the end', PETERS_NOTE.slice(0, -1)],
    ['an empty signature block', `${PETERS_TEXT}\n`],
    ['a hyphen for the dash', PETERS_NOTE.replace('—', '-')],
    ['two spaces', PETERS_NOTE.replace('— ', '—  ')],
    ['a name with a plus', PETERS_NOTE.replace('— Peter', '— Peter+')],
    ['a name with an ideographic space', PETERS_NOTE.replace('— Peter', '— Peter\u3000')],
    ['base64 without padding', PETERS_NOTE.replace('AM=\n', 'AM\n')],
    ['base64 with loose bits', PETERS_NOTE.replace('AM=\n', 'AN=\n')],
    ['base64 with a space', PETERS_NOTE.replace('x08go', 'x08 go')],
    ['only a key id', `${PETERS_TEXT}\n— PeterNeumann x08gow==\n`],
    ['a carriage return', PETERS_NOTE.replaceAll('\n', '\r\n')],
    ['a NUL', PETERS_NOTE.replace('If', 'I\u0000')],
    ['a half of a surrogate pair', PETERS_NOTE.replace('If', 'I\uD800')],
    ['101 signatures', `${PETERS_TEXT}\n${`${PETERS_LINE}\n`.repeat(101)}`],
  ])('is refused with %s', (_, note) => {
    expect(() => parseNote(note)).toThrow(MerkleError)
  })

  it('takes a hundred signatures, and empty lines in its text', () => {
    const text = `one\n\n\ntwo\n`
    const line = signNote(log.key, text, log.sign)
    const note = parseNote(formatNote(text, new Array<string>(100).fill(line)))
    expect(note.text).toBe(text)
    expect(verifyNote(note, [log.key])).toHaveLength(100)
  })
})

describe('a verifier key', () => {
  it('is refused with any part of it missing or any character changed', () => {
    for (let from = 0; from < PETER.length; from += 1) {
      expect(() => parseVerifierKey(PETER.slice(from + 1))).toThrow(MerkleError)
      expect(() => parseVerifierKey(PETER.slice(0, from))).toThrow(MerkleError)
      const next = String.fromCharCode(PETER.charCodeAt(from) + 1)
      const changed = PETER.slice(0, from) + next + PETER.slice(from + 1)
      expect(() => parseVerifierKey(changed)).toThrow(MerkleError)
    }
  })

  it.each([
    [
      'a key of the wrong length',
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
    ],
    ['an unknown type', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ])('is refused with %s and the id that goes with it', (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow(MerkleError)
  })

  it('of a key of small order verifies nothing', () => {
    const neutral = Buffer.alloc(32)
    neutral[0] = 1
    const key = verifierKey('weak', SIGNATURE_TYPES.ed25519, neutral)
    const signature = Buffer.concat([neutral, Buffer.alloc(32)])
    const note = parseNote(formatNote('text\n', [formatSignature(key, signature)]))
    expect(() => verifyNote(note, [key])).toThrow('does not verify')
  })

  it('of ML-DSA-44 is read and written, and its lines count for nothing', () => {
    const key = verifierKey('w.example', SIGNATURE_TYPES.mlDsa44, new Uint8Array(1312).fill(7))
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key)
    const note = parseNote(formatNote(TEXT, [formatSignature(key, new Uint8Array(2428))]))
    expect(verifyNote(note, [key])).toEqual([])
  })
})

describe('a checkpoint', () => {
  it('is read as in the specification’s example', () => {
    const note = parseNote(EXAMPLE)
    const { origin, size, root } = parseCheckpoint(note.text)
    expect([origin, size, toBase64(root)]).toEqual([
      'example.com/behind-the-sofa',
      20_852_163,
      'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    ])
    // The witness's line: key id, then the time 1679315147 in eight bytes, then 64 bytes.
    expect(note.signatures[1]?.payload).toHaveLength(72)
    expect(Buffer.from(note.signatures[1]?.payload ?? []).readBigUInt64BE()).toBe(1_679_315_147n)
  })

  it.each([
    ['two lines', 'o\n1\n'],
    ['no newline at the end', TEXT.slice(0, -1)],
    ['an empty origin', TEXT.replace('example.com/log', '')],
    ['a leading zero', TEXT.replace('\n20\n', '\n020\n')],
    ['a sign', TEXT.replace('\n20\n', '\n+20\n')],
    ['a size beyond what is exact', TEXT.replace('\n20\n', '\n9007199254740993\n')],
    ['a root that is too short', 'o\n1\nAAAA\n'],
    ['an empty extension line', `${TEXT}\n`],
  ])('is refused with %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(MerkleError)
  })

  it('must be signed by the log that it names', () => {
    expect(openCheckpoint(checkpointWith(0), [log.key]).size).toBe(20)
    const other = signer('example.com/other')
    const wrong = formatNote(TEXT, [signNote(other.key, TEXT, other.sign)])
    expect(() => openCheckpoint(wrong, [log.key, other.key])).toThrow('not signed by a trusted key')
    const witnessOnly = formatNote(
      TEXT,
      witnesses.map((one) => cosignature(one, TEXT)),
    )
    const keys = witnesses.map(({ key }) => key)
    expect(() => openCheckpoint(witnessOnly, keys)).toThrow('not signed by a trusted key')
  })
})

describe('a cosignature', () => {
  it('tells its time, and holds for this text and this time only', () => {
    const [witness] = witnesses
    if (!witness) throw new Error('there is a witness')
    const line = cosignature(witness, TEXT, 1_700_000_000)
    const signed = formatNote(TEXT, [line])
    expect(verifyNote(parseNote(signed), [witness.key])).toMatchObject([
      { timestamp: 1_700_000_000 },
    ])
    const [payload] = parseNote(signed).signatures.map((one) => one.payload)
    for (const bit of [0, 5, 63, 64, 100, 575]) {
      const lie = formatSignature(witness.key, flipped(payload ?? new Uint8Array(), bit))
      expect(() => verifyNote(parseNote(formatNote(TEXT, [lie])), [witness.key])).toThrow(
        'does not verify',
      )
    }
    const other = formatNote(TEXT.replace('\n20\n', '\n21\n'), [line])
    expect(() => verifyNote(parseNote(other), [witness.key])).toThrow('does not verify')
  })
})
