import type { JsonObject } from './json.js'
import type { SourceKind } from './entry.js'

/** A fact on its way in, from whichever source: what a source hands to `receive`. */
export interface Delivery {
  /** GitHub host without scheme: `github.com` or the Enterprise Server's. Part of every key. */
  readonly host: string
  /** `X-GitHub-Delivery`; unique per host, kept by GitHub when it delivers again. */
  readonly guid: string
  /** `X-GitHub-Event`, for example `workflow_run`. */
  readonly event: string
  readonly kind: SourceKind
  readonly payload: JsonObject
  /** The body as it came, byte for byte. */
  readonly body: Uint8Array
  /** Headers worth keeping, lower-case names. Never authorization, cookies or signatures. */
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly receivedAt: number
}

/** What became of a delivery once its transaction committed. */
export interface Receipt {
  readonly outcome: 'recorded' | 'duplicate'
  /** Sequence number of its first entry, and how many follow without a gap. */
  readonly firstSeq: number
  readonly entries: number
}
