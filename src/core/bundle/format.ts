import { canonicalJson, type JsonObject } from '../domain/index.js'
import { toBase64 } from '../merkle/index.js'

/** The first line's `format`, and the last line's `end`. */
export const BUNDLE_FORMAT = 'hooktrail-bundle@v1'

/** The first line of a bundle: what it is about. Of these only the checkpoint is signed. */
export interface BundleManifest {
  /** The log's name. */
  readonly origin: string
  /** The verifier key that signed the checkpoint, as the exporter says. */
  readonly key: string
  /** Signed note with the witnesses' cosignatures. */
  readonly checkpoint: string
  /** Of the tree that the checkpoint stands for. */
  readonly size: number
  /** As it was asked. */
  readonly query: string
  /** ISO 8601. */
  readonly asked_at: string
  /** How many entries follow. */
  readonly entries: number
}

/** One entry with what proves it. */
export interface BundleEntry {
  readonly seq: number
  /** The leaf's canonical JSON. */
  readonly leaf: string
  /** Pointer, salt, value. */
  readonly openings: readonly (readonly [string, string, string])[]
  /** Hashes in Base64, the leaf's sibling first. */
  readonly proof: readonly string[]
}

/** The last line: a file that was cut off lacks it. */
export interface BundleEnd {
  readonly entries: number
  /** SHA-256 in hex over all lines before, newlines included: finds damage, and no forger. */
  readonly sha256: string
}

// Each line is RFC 8785, so that there is one way to write it and a reader can refuse the others.

export function manifestLine(manifest: BundleManifest): string {
  return `${canonicalJson({ format: BUNDLE_FORMAT, ...manifest })}\n`
}

export function entryLine(
  entry: Omit<BundleEntry, 'proof'> & { readonly path: readonly Uint8Array[] },
): string {
  const { seq, leaf, openings, path } = entry
  return `${canonicalJson({ seq, leaf, openings, proof: path.map(toBase64) })}\n`
}

export function endLine(end: BundleEnd): string {
  return `${canonicalJson({ end: BUNDLE_FORMAT, ...end } satisfies JsonObject)}\n`
}
