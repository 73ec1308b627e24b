import type { Moment } from './dates.js'

/** Who asks, when, and what they have saved: all that a query's meaning depends on besides its text. */
export interface QueryContext {
  /** Milliseconds since 1970: what `-7d` counts from. */
  readonly now: number
  /** IANA name, `UTC` by default: what days and times without an offset are meant in. */
  readonly timeZone?: string | undefined
  /** The login that `@me` stands for. */
  readonly me?: string | undefined
  /** What `saved:<name>` may name. */
  readonly saved?: readonly SavedQuery[] | undefined
}

/** A query under a name. */
export interface SavedQuery {
  readonly organisation: string
  readonly name: string
  /** In this language; it may name others. */
  readonly text: string
}

/** The context while a query is read. */
export interface Asked extends Moment {
  readonly me: string | undefined
  readonly saved: readonly SavedQuery[] | undefined
  /** The saved queries whose text is being read, the outermost first. */
  readonly within: readonly SavedQuery[]
}

export function askedIn({ now, timeZone = 'UTC', me, saved }: QueryContext): Asked {
  return { now, timeZone, me, saved, within: [] }
}
