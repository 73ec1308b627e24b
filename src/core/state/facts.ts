import { groupBy, type AuditEntry } from '../domain/index.js'

const KEY = /^derived:(.+)#(\d{1,9})$/s

/** Of facts about one kind of thing that were derived, and stated again or taken back since: the statements that hold. */
export function newestFacts(entries: readonly AuditEntry[], about: string): AuditEntry[] {
  const stated = entries.filter((entry) => keyOf(entry)?.startsWith(`${about}:`))
  return [...groupBy(stated, keyOf).values()].map((statements) =>
    statements.reduce((one, other) => (numberOf(other) > numberOf(one) ? other : one)),
  )
}

function keyOf({ source }: AuditEntry): string | undefined {
  return KEY.exec(source.delivery_id)?.[1]
}

function numberOf({ source }: AuditEntry): number {
  return Number(KEY.exec(source.delivery_id)?.[2])
}
