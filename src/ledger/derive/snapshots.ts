import { personal, type AuditEntry, type DraftValue, type Json } from '../../core/domain/index.js'
import {
  compareSnapshots,
  SNAPSHOT_ACTIONS,
  type DerivedFact,
  type PrincipalOf,
  type Snapshotted,
} from '../../core/derive/index.js'
import type { Database } from '../../platform/index.js'
import { parseOpenings } from '../openings.js'
import { entriesTogether } from './evidence.js'
import { principalsIn } from './principals.js'

/** A snapshot is compared with the one before it; one that comes late also with the one after it. */
export async function deriveDifferences(
  database: Database,
  entry: AuditEntry,
): Promise<DerivedFact[]> {
  const { snapshot, correlation_id: group } = entry
  if (!snapshot || group === undefined) return []
  const together = await entriesTogether(database, group, hostOf(entry))
  const ofThing = together.filter((one) => isOfSame(one, entry))
  const at = ofThing.findIndex(({ id }) => id === entry.id)
  if (at < 0) return []
  const [before, now, after] = [ofThing[at - 1], ofThing[at], ofThing[at + 1]]
  const sealed = await sealedAgain(
    database,
    [before, now, after].filter((one) => one !== undefined),
  )
  const facts = [
    now && compareSnapshots(sealed.of(now), before && sealed.of(before), sealed.principalOf),
    after && now && compareSnapshots(sealed.of(after), sealed.of(now), sealed.principalOf),
  ]
  return facts.filter((fact) => fact !== undefined)
}

function hostOf({ repo, account }: AuditEntry): string {
  return repo?.host ?? account?.host ?? ''
}

function isOfSame(one: AuditEntry, other: AuditEntry): boolean {
  return (
    SNAPSHOT_ACTIONS.has(one.action) &&
    one.snapshot?.type === other.snapshot?.type &&
    one.snapshot?.id === other.snapshot?.id
  )
}

interface Sealed {
  readonly of: (entry: AuditEntry) => Snapshotted
  readonly principalOf: PrincipalOf
}

/** Snapshots in which people's texts are marked for sealing again, each as the text of its person. */
async function sealedAgain(database: Database, entries: readonly AuditEntry[]): Promise<Sealed> {
  const owners = await ownersOfTexts(
    database,
    entries.map(({ seq }) => seq),
  )
  const principalOf = await principalsIn(database, entries, [...owners.values()])
  const of = (entry: AuditEntry): Snapshotted => {
    const value = marked(entry.snapshot?.value ?? null, '/snapshot/value', (pointer) => {
      const subject = owners.get(`${String(entry.seq)}${pointer}`)
      return subject === undefined ? undefined : principalOf({ type: 'user', subject })
    })
    return { entry, value }
  }
  return { of, principalOf }
}

async function ownersOfTexts(
  database: Database,
  seqs: readonly number[],
): Promise<Map<string, string>> {
  const rows = await database.prisma.$queryRaw<
    { seq: bigint; subject: string; openings: Uint8Array }[]
  >`
    SELECT seq, subject::text, openings FROM log_opening WHERE seq = ANY(${seqs.map(String)}::bigint[])`
  const owners = new Map<string, string>()
  for (const { seq, subject, openings } of rows) {
    for (const { pointer } of parseOpenings(openings) ?? []) {
      owners.set(`${String(seq)}${pointer}`, subject)
    }
  }
  return owners
}

type Owner = Parameters<typeof personal>[1]

function marked(value: Json, pointer: string, ownerOf: (pointer: string) => Owner): DraftValue {
  if (typeof value === 'string') {
    const owner = ownerOf(pointer)
    return owner ? personal(value, owner) : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const list = value as readonly Json[]
    return list.map((one, index) => marked(one, `${pointer}/${String(index)}`, ownerOf))
  }
  const members = Object.entries(value).map(([name, member]) => {
    const token = name.replaceAll('~', '~0').replaceAll('/', '~1')
    return [name, marked(member ?? null, `${pointer}/${token}`, ownerOf)] as const
  })
  return Object.fromEntries(members)
}
