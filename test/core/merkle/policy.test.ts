import { describe, expect, it } from '@jest/globals'

import {
  checkProofFile,
  formatAddCheckpoint,
  formatNote,
  formatProofFile,
  formatVerifierKey,
  hasQuorum,
  MerkleError,
  openCheckpoint,
  parseAddCheckpoint,
  parsePolicy,
  parseProofFile,
  signNote,
  toBase64,
} from '../../../src/core/merkle/index.js'
import { checkpointWith, cosignature, log, TEXT, tree, witnesses } from './signers.js'

describe('a policy', () => {
  const [w1, w2, w3] = witnesses.map(({ key }) => formatVerifierKey(key))
  const names = `witness W1 ${w1 ?? ''}\nwitness W2\t${w2 ?? ''} https://w2.example/\n  # two of three\nwitness W3 ${w3 ?? ''}\n`
  const text = `log ${formatVerifierKey(log.key)} https://example.com/log\n${names}group G 2 W1 W2 W3\nquorum G\n`

  it('counts the witnesses that cosigned', () => {
    const policy = parsePolicy(text)
    expect(policy.witnesses[1]).toMatchObject({ name: 'W2', url: 'https://w2.example/' })
    const keys = [log.key, ...witnesses.map(({ key }) => key)]
    for (const [count, enough] of [
      [0, false],
      [1, false],
      [2, true],
      [3, true],
    ] as const) {
      expect(hasQuorum(policy, openCheckpoint(checkpointWith(count), keys).signatures)).toBe(enough)
    }
  })

  it('counts a witness once, however often it signs', () => {
    const [one] = witnesses
    if (!one) throw new Error('there is a witness')
    const lines = [1, 2, 3].map((time) => cosignature(one, TEXT, time))
    const note = formatNote(TEXT, [signNote(log.key, TEXT, log.sign), ...lines])
    expect(hasQuorum(parsePolicy(text), openCheckpoint(note, [log.key, one.key]).signatures)).toBe(
      false,
    )
  })

  it('may have groups in groups, and may ask for none', () => {
    const nested = `${names}group X any W1 W2\ngroup Y all X W3\nquorum Y\n`
    expect(parsePolicy(nested).quorum).toBe('Y')
    expect(hasQuorum(parsePolicy('quorum none\n'), [])).toBe(true)
  })

  it.each([
    ['no quorum', names],
    ['two quorums', 'quorum none\nquorum none\n'],
    ['a quorum of nobody', 'quorum W\n'],
    ['a member that comes later', `group G any W1\n${names}quorum G\n`],
    ['a member of two groups', `${names}group G any W1\ngroup H any W1\nquorum G\n`],
    ['a member twice', `${names}group G any W1 W1\nquorum G\n`],
    ['none as a member', `${names}group G any none\nquorum G\n`],
    ['a threshold of 0', `${names}group G 0 W1\nquorum G\n`],
    ['a threshold above the members', `${names}group G 2 W1\nquorum G\n`],
    ['a name that is taken', `${names}witness W1 ${w1 ?? ''}\nquorum W1\n`],
    ['a key twice', `${names}witness W4 ${w1 ?? ''}\nquorum W1\n`],
    ['a log’s key for a witness', `witness W ${formatVerifierKey(log.key)}\nquorum W\n`],
    ['a witness’s key for a log', `log ${w1 ?? ''}\nquorum none\n`],
    ['an unknown line', 'wtiness W x\nquorum none\n'],
    ['a carriage return', 'quorum none\r\n'],
    ['a key that is none', 'log example.com\nquorum none\n'],
    ['something after the quorum', 'quorum none W1\n'],
  ])('is refused with %s', (_, bad) => {
    expect(() => parsePolicy(bad)).toThrow(MerkleError)
  })

  it('says in which line it is wrong', () => {
    expect(() => parsePolicy(`${names}group G 4 W1\nquorum G\n`)).toThrow('line 5 of the policy')
  })
})

describe('a proof file', () => {
  const policy = parsePolicy(`log ${formatVerifierKey(log.key)}\nquorum none\n`)
  const file = { index: 7, path: tree.path(7, 20), checkpoint: checkpointWith(1) }

  it('comes back from its text and proves its entry', () => {
    const text = formatProofFile({ ...file, extra: Buffer.from('mine') })
    expect(text.startsWith('c2sp.org/tlog-proof@v1\nextra bWluZQ==\nindex 7\n')).toBe(true)
    const proof = parseProofFile(text)
    expect(proof).toMatchObject({ ...file, extra: new Uint8Array(Buffer.from('mine')) })
    expect(checkProofFile(proof, tree.hash(7, 8), policy).size).toBe(20)
  })

  it('proves no other entry, place or tree, and nothing without the quorum', () => {
    const proof = parseProofFile(formatProofFile(file))
    expect(() => checkProofFile(proof, tree.hash(8, 9), policy)).toThrow('does not lead')
    expect(() => checkProofFile({ ...proof, index: 6 }, tree.hash(7, 8), policy)).toThrow(
      'does not lead',
    )
    const [w1, w2] = witnesses.map(({ key }) => formatVerifierKey(key))
    const strict = parsePolicy(
      `log ${formatVerifierKey(log.key)}\nwitness A ${w1 ?? ''}\nwitness B ${w2 ?? ''}\ngroup G all A B\nquorum G\n`,
    )
    expect(() => checkProofFile(proof, tree.hash(7, 8), strict)).toThrow('quorum G is not met')
  })

  it.each([
    ['another first line', formatProofFile(file).replace('@v1', '@v2')],
    ['no index', formatProofFile(file).replace('index 7\n', '')],
    ['an index that is no number', formatProofFile(file).replace('index 7', 'index 07')],
    ['no checkpoint', formatProofFile(file).split('\n\n', 1)[0] ?? ''],
    ['a hash that is too short', formatProofFile(file).replace(/index 7\n.*\n/, 'index 7\nAAAA\n')],
    ['65 hashes', formatProofFile({ ...file, path: new Array<Buffer>(65).fill(tree.root(1)) })],
    ['extra data that are no base64', formatProofFile(file).replace('index', 'extra *\nindex')],
  ])('is refused with %s', (_, text) => {
    expect(() => parseProofFile(text)).toThrow(MerkleError)
  })
})

describe('a request to a witness', () => {
  it('comes back from its text', () => {
    const request = { oldSize: 7, path: tree.proof(7, 20), checkpoint: checkpointWith(0) }
    const text = formatAddCheckpoint(request)
    expect(text.startsWith('old 7\n')).toBe(true)
    expect(parseAddCheckpoint(text)).toMatchObject(request)
    expect(
      parseAddCheckpoint(formatAddCheckpoint({ ...request, oldSize: 0, path: [] })).path,
    ).toEqual([])
  })

  it.each([
    '',
    'old 7\n',
    'old 07\n\nx',
    'new 7\n\nx',
    'old 7\nAAAA\n\nx',
    `old 7\n${`${toBase64(tree.root(1))}\n`.repeat(64)}\nx`,
  ])('is refused when it is %j', (body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(MerkleError)
  })
})
