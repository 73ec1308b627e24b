import { createReadStream } from 'node:fs'
import { TextDecoder } from 'node:util'

import { BundleCheck, BundleError, describeReport } from '../core/bundle/index.js'
import { parseVerifierKey } from '../core/merkle/index.js'

/** Characters of one line: far above what an entry can have. */
const LONGEST_LINE = 8_000_000

/**
 * Checks the bundle in a file.
 * @param key the verifier key that the auditor has from elsewhere
 * @returns in words what was proved and what was not
 * @throws BundleError for the first thing that does not hold; MerkleError `merkle.key`; as fs does
 */
export async function verifyBundleFile(file: string, key: string | undefined): Promise<string[]> {
  const check = new BundleCheck(key === undefined ? undefined : parseVerifierKey(key.trim()))
  for await (const line of linesOf(file)) check.line(line)
  return describeReport(check.report())
}

/** Not readline: it ends lines at U+2028 as well, which texts may contain. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of createReadStream(file)) {
    const lines = (rest + decode(decoder, chunk as Uint8Array)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) {
      throw new BundleError('bundle.malformed', 'this is not a bundle: a line is too long')
    }
    yield* lines
  }
  // Hooktrail ends each line; one that does not end was cut off.
  if (rest + decode(decoder) !== '') {
    throw new BundleError('bundle.false', 'the bundle is cut off in the middle of a line')
  }
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch {
    throw new BundleError('bundle.false', 'the file has bytes that are not UTF-8: it was damaged')
  }
}
