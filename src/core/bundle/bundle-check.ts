import { createHash } from 'node:crypto'

import {
  formatVerifierKey,
  logKeys,
  logSignature,
  MerkleError,
  openCheckpoint,
  parseVerifierKey,
  requireQuorum,
  witnessKeys,
  type OpenedCheckpoint,
  type TrustPolicy,
} from '../merkle/index.js'
import { BundleError } from './bundle-error.js'
import { checkEntry } from './check-entry.js'
import type { BundleEnd, BundleEntry, BundleManifest } from './format.js'
import { parseEntryOrEnd, parseManifest } from './parse-lines.js'

/** What a bundle came to in which everything holds. */
export interface BundleReport {
  readonly manifest: BundleManifest
  readonly checkpoint: OpenedCheckpoint
  /** Whom the auditor trusts; without that the bundle's own key was used, which proves nothing about who signed. */
  readonly policy: TrustPolicy | undefined
  readonly entries: number
  readonly opened: number
  /** Sealed values without text. */
  readonly closed: number
}

/**
 * Checks a bundle line by line, in constant memory: neither server nor database is needed, only the log's verifier keys, and
 * those of witnesses whose cosignatures are asked for.
 * Stops at the first thing that does not hold.
 */
export class BundleCheck {
  readonly #policy: TrustPolicy | undefined
  readonly #digest = createHash('sha256')
  #head: { readonly manifest: BundleManifest; readonly checkpoint: OpenedCheckpoint } | undefined
  #lines = 0
  #ended = false
  #lastSeq = -1
  #counts = { entries: 0, opened: 0, closed: 0 }

  /** @param policy that the auditor has from elsewhere */
  constructor(policy: TrustPolicy | undefined) {
    this.#policy = policy
  }

  /** The next line, without its newline. @throws BundleError */
  line(line: string): void {
    this.#lines += 1
    if (this.#ended) throw new BundleError('bundle.false', 'something follows the last line')
    if (this.#head) {
      const read = parseEntryOrEnd(line, this.#lines)
      if ('end' in read) {
        this.#end(read.end)
        return
      }
      this.#entry(read.entry, this.#head.checkpoint)
    } else this.#head = openHead(parseManifest(line), this.#policy)
    this.#digest.update(`${line}\n`)
  }

  /** After the last line. @throws BundleError */
  report(): BundleReport {
    if (!this.#head) throw new BundleError('bundle.malformed', 'this is not a bundle: it is empty')
    if (!this.#ended) {
      throw new BundleError(
        'bundle.false',
        `the bundle is cut off after ${String(this.#counts.entries)} of ${String(this.#head.manifest.entries)} entries: its last line is missing`,
      )
    }
    return { ...this.#head, policy: this.#policy, ...this.#counts }
  }

  #entry(entry: BundleEntry, checkpoint: OpenedCheckpoint): void {
    const { seq } = entry
    if (seq <= this.#lastSeq) {
      const message = `it stands after entry ${String(this.#lastSeq)}: entries were repeated, or their order was changed`
      throw new BundleError('bundle.false', message, seq)
    }
    this.#lastSeq = seq
    const { opened, closed } = checkEntry(entry, checkpoint)
    this.#counts.entries += 1
    this.#counts.opened += opened
    this.#counts.closed += closed
  }

  #end(end: BundleEnd): void {
    this.#ended = true
    const promised = this.#head?.manifest.entries
    const { entries } = this.#counts
    if (end.entries !== entries || promised !== entries) {
      const message = `the bundle has ${String(entries)} entries, its first line says ${String(promised)} and its last ${String(end.entries)}: some were taken out or put in`
      throw new BundleError('bundle.false', message)
    }
    if (this.#digest.digest('hex') !== end.sha256) {
      throw new BundleError(
        'bundle.false',
        'the digest in the last line is not that of the lines before: query, time or texts were left out or altered',
      )
    }
  }
}

function openHead(
  manifest: BundleManifest,
  policy: TrustPolicy | undefined,
): { readonly manifest: BundleManifest; readonly checkpoint: OpenedCheckpoint } {
  const checkpoint = openSigned(manifest, policy)
  const { origin, size } = checkpoint
  const signed = logSignature(checkpoint)
  const says = [
    ['origin', manifest.origin, origin],
    ['size', manifest.size, size],
    ['key', manifest.key, signed && formatVerifierKey(signed.key)],
  ] as const
  for (const [name, said, is] of says) {
    if (said !== is) {
      const message = `the manifest says ${name} ${String(said)}, and the signed checkpoint ${String(is)}`
      throw new BundleError('bundle.false', message)
    }
  }
  return { manifest, checkpoint }
}

function openSigned(
  { checkpoint, key }: BundleManifest,
  policy: TrustPolicy | undefined,
): OpenedCheckpoint {
  try {
    const keys = policy ? [...logKeys(policy), ...witnessKeys(policy)] : [parseVerifierKey(key)]
    const opened = openCheckpoint(checkpoint, keys)
    if (policy) requireQuorum(policy, opened.signatures)
    return opened
  } catch (error) {
    if (!(error instanceof MerkleError)) throw error
    const whose = policy ? 'the keys that you gave' : 'the key in its manifest'
    throw new BundleError(
      'bundle.false',
      `the bundle’s checkpoint does not hold under ${whose}: ${error.message}`,
    )
  }
}
