import type { Severity } from './entry.js'

/** What a policy says about an entry: worth a person's attention, why, and what to do. */
export interface Finding {
  /** The policy's id in the catalogue, for example `SE-01`. */
  readonly policy: string
  readonly severity: Severity
  /** One line, without names that attackers could choose. */
  readonly title: string
  /** Two or three sentences for the person who reads it at 3 a.m.; plain text, escaped by each reporter. */
  readonly explanation: string
  readonly remedy: string
  /** Sequence number of the entry that it is about. */
  readonly seq: number
  /** The same alert again has the same key: `<policy>:<host>:<repo id>:<target>`. */
  readonly key: string
}
