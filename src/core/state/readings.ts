import type { AuditEntry } from '../domain/index.js'

/** Which reading of which delivery an entry is of: the first came with the delivery, `hooktrail reprocess` adds others. */
export interface Reading {
  readonly guid: string
  readonly reading: number
}

/** The key under which a reading of a delivery is appended; that of the first is the delivery's own GUID. */
export function readingKey({ guid, reading }: Reading): string {
  return reading === 1 ? guid : `reading:${String(reading)}:${guid}`
}

/** The reverse of `readingKey`: what an entry's `source.delivery_id` says. */
export function readingOf(key: string): Reading {
  const [, reading, guid] = /^reading:(\d{1,9}):(.+)$/s.exec(key) ?? []
  return guid === undefined ? { guid: key, reading: 1 } : { guid, reading: Number(reading) }
}

/**
 * The entries without those that a newer reading of the same delivery replaced (`hooktrail reprocess`): both are in the
 * log for ever, state is computed from what is known best.
 */
export function newestReadings(entries: readonly AuditEntry[]): AuditEntry[] {
  const newest = new Map<string, number>()
  for (const { source } of entries) {
    const { guid, reading } = readingOf(source.delivery_id)
    if (reading > (newest.get(guid) ?? 1)) newest.set(guid, reading)
  }
  if (newest.size === 0) return [...entries]
  return entries.filter(({ source }) => {
    const { guid, reading } = readingOf(source.delivery_id)
    return reading === (newest.get(guid) ?? 1)
  })
}
