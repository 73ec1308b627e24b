import type { Violation } from './openapi/index.js'

/** One request to the stand-in. Nothing that authenticates is in it. */
export interface LogEntry {
  readonly at: Date
  readonly method: string
  /** Without `/api/v3` and without the query. */
  readonly path: string
  /** Decoded, `?` left out; empty for none. */
  readonly query: string
  /** GitHub's operationId, or undefined for a page or an unknown path. */
  readonly operation: string | undefined
  /** 0 when the connection was dropped. */
  readonly status: number
  /** Whose token it was. */
  readonly installationId: number | undefined
}

export interface Counters {
  readonly requests: number
  readonly byOperation: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<string, number>>
}

export interface Journal {
  /** The newest entries, oldest first. */
  readonly log: readonly LogEntry[]
  readonly write: (entry: LogEntry) => void
  readonly counters: () => Counters
  readonly violations: () => readonly Violation[]
  readonly blame: (violations: readonly Violation[]) => void
}

/** A demo that runs for weeks must not fill the memory. */
const KEPT_ENTRIES = 10_000

export function createJournal(): Journal {
  const log: LogEntry[] = []
  const violations: Violation[] = []
  const byOperation = new Map<string, number>()
  const byStatus = new Map<string, number>()
  return {
    log,
    write(entry) {
      log.push(entry)
      if (log.length > KEPT_ENTRIES) log.shift()
      count(byStatus, String(entry.status))
      if (entry.operation !== undefined) count(byOperation, entry.operation)
    },
    counters: () => ({
      requests: total(byStatus),
      byOperation: Object.fromEntries(byOperation),
      byStatus: Object.fromEntries(byStatus),
    }),
    violations: () => violations,
    blame: (found) => {
      violations.push(...found)
    },
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const number of counts.values()) sum += number
  return sum
}
