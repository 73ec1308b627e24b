import { groupBy, type AuditEntry } from '../domain/index.js'
import { changedText, foldNames, type Names, type Renaming } from './names.js'
import { byKey, hostOf, inTime, labelText, lastSaid, targetId } from './order.js'

/** An organization or person that owns repositories or installed Hooktrail, known by host and id, through all its names. */
export interface AccountState extends Names {
  readonly host: string
  readonly id: number
  /** `Organization` or `User`, where an entry tells. */
  readonly type?: string | undefined
  readonly deleted: boolean
  /** Installations on it that its entries name, and that were not removed. */
  readonly installationIds: readonly number[]
  readonly firstSeen: string
  readonly lastSeen: string
}

const RENAMED = new Set(['account.renamed', 'organization.renamed'])

/** Every account that an entry is of. */
export function foldAccounts(entries: readonly AuditEntry[]): AccountState[] {
  const ofAccounts = entries.filter(({ account }) => account !== undefined)
  const byAccount = groupBy(ofAccounts, (entry) => `${hostOfAccount(entry)} ${idOf(entry)}`)
  return [...byAccount.values()].map(foldAccount).sort(byKey)
}

function hostOfAccount(entry: AuditEntry): string {
  return entry.account?.host ?? hostOf(entry)
}

function idOf({ account }: AuditEntry): string {
  return String(account?.id)
}

function foldAccount(entries: readonly AuditEntry[]): AccountState {
  const ordered = inTime(entries, () => 0)
  const sightings = ordered.flatMap(({ account, occurred_at: at }) =>
    account ? [{ name: account.name, at }] : [],
  )
  return {
    host: ordered[0] ? hostOfAccount(ordered[0]) : '',
    id: Number(ordered[0]?.account?.id),
    ...foldNames(sightings, ordered.flatMap(renaming)),
    type: lastSaid(ordered, typeIn),
    deleted: ordered.some(({ action }) => action === 'organization.deleted'),
    installationIds: installationsOf(ordered),
    firstSeen: ordered[0]?.occurred_at ?? '',
    lastSeen: ordered.at(-1)?.occurred_at ?? '',
  }
}

function renaming(entry: AuditEntry): Renaming[] {
  if (!RENAMED.has(entry.action)) return []
  const { before } = changedText(entry, 'login')
  const { occurred_at: at, account, actor } = entry
  return [{ at, kind: 'renamed', before, after: account?.name, actor }]
}

function typeIn(entry: AuditEntry): string | undefined {
  return entry.action.startsWith('organization') ? 'Organization' : labelText(entry, 'account_type')
}

function installationsOf(ordered: readonly AuditEntry[]): number[] {
  const found = new Set<number>()
  for (const entry of ordered) {
    const id = targetId(entry, 'installation')
    if (typeof id !== 'number') continue
    if (entry.action === 'installation.deleted') found.delete(id)
    else found.add(id)
  }
  return [...found].sort((one, other) => one - other)
}
