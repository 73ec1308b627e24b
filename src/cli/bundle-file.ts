import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { TextDecoder } from 'node:util'

import { BundleCheck, BundleError, describeReport, safeLine } from '../core/bundle/index.js'
import { HooktrailError } from '../core/domain/index.js'
import {
  MerkleError,
  parsePolicy,
  parseVerifierKey,
  type TrustPolicy,
} from '../core/merkle/index.js'

/** Characters of one line: far above what an entry can have. */
const LONGEST_LINE = 8_000_000

/** What the auditor has from elsewhere: a verifier key, or the name of a tlog-policy file; one of them at most. */
export interface GivenTrust {
  readonly key?: string | undefined
  readonly policy?: string | undefined
}

/** Neither key nor policy; the message says which option it was, and what to do. */
export class TrustError extends HooktrailError<'bundle.trust'> {
  constructor(message: string, options?: { cause?: unknown }) {
    super('bundle.trust', safeLine(message), options)
  }
}

/**
 * Checks the bundle in a file.
 * @returns in words what was proved and what was not
 * @throws BundleError for the first thing that does not hold; TrustError; as fs does
 */
export async function verifyBundleFile(file: string, given: GivenTrust): Promise<string[]> {
  const check = new BundleCheck(await readTrust(given))
  for await (const line of linesOf(file)) check.line(line)
  return describeReport(check.report())
}

async function readTrust({ key, policy: file }: GivenTrust): Promise<TrustPolicy | undefined> {
  if (key !== undefined && file !== undefined) {
    throw new TrustError('Give --key or --policy, not both.')
  }
  if (key !== undefined) return policyOf(key)
  if (file === undefined) return undefined
  try {
    const policy = parsePolicy(await readFile(file, 'utf8'))
    if (policy.logs.length > 0) return policy
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const message = `--policy ${file} is no tlog-policy: ${why}. hooktrail log policy prints it`
    throw new TrustError(message, { cause })
  }
  throw new TrustError(`--policy ${file} has no log line: whose signature counts?`)
}

function policyOf(text: string): TrustPolicy {
  try {
    const logs = [{ key: parseVerifierKey(text.trim()), url: undefined }]
    return { logs, witnesses: [], groups: new Map(), quorum: undefined }
  } catch (cause) {
    if (!(cause instanceof MerkleError)) throw cause
    throw new TrustError(`--key: ${cause.message}: hooktrail log key prints it`, { cause })
  }
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
