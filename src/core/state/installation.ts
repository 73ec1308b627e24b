import {
  groupBy,
  type AuditEntry,
  type EntryPrincipal,
  type HostedName,
  type Json,
} from '../domain/index.js'
import { byKey, hostOf, inTime, labelText, lastSaid, linkOf, targetId } from './order.js'

/** An installation of Hooktrail: what it may see, and whether it does. */
export interface InstallationState {
  readonly host: string
  readonly id: number
  readonly account?: HostedName | undefined
  readonly app?: string | undefined
  readonly state: 'active' | 'suspended' | 'deleted'
  /** Who suspended or deleted it, and when. */
  readonly endedBy?: EntryPrincipal | undefined
  readonly endedAt?: string | undefined
  readonly installedBy?: EntryPrincipal | undefined
  readonly installedAt?: string | undefined
  /** By permission: `read` or `write`. Absent while no entry has told. */
  readonly permissions?: Readonly<Record<string, string>> | undefined
  /** Events that it gets. */
  readonly events?: readonly string[] | undefined
  /** `all` or `selected`. */
  readonly repositorySelection?: string | undefined
  /** Those that entries name, by id: with `all` there may be more. */
  readonly repositories: readonly { readonly id: number; readonly name: string }[]
  /** Repositories that a delivery counted and no entry names, because there were too many for one. */
  readonly unnamedRepositories: number
  readonly url?: string | undefined
}

const ACTIONS = /^installation(?:_repository)?[.]/

/** Every installation that the entries tell of. */
export function foldInstallations(entries: readonly AuditEntry[]): InstallationState[] {
  const own = entries.filter(
    (entry) => ACTIONS.test(entry.action) && typeof idOf(entry) === 'number',
  )
  const byInstallation = groupBy(own, (entry) => `${hostOf(entry)} ${String(idOf(entry))}`)
  return [...byInstallation.values()].map(foldInstallation).sort(byKey)
}

function idOf(entry: AuditEntry): number | string | undefined {
  return targetId(entry, 'installation')
}

const RANKS = ['installation.created', 'installation.unsuspended', 'installation.suspended']

function rankOf({ action }: AuditEntry): number {
  if (action === 'installation.deleted') return 9
  if (action === 'installation_repository.removed') return 8
  return RANKS.includes(action) ? RANKS.indexOf(action) : 5
}

function foldInstallation(entries: readonly AuditEntry[]): InstallationState {
  const ordered = inTime(entries, rankOf)
  const created = ordered.find(({ action }) => action === 'installation.created')
  const { state, ended } = stateOf(ordered)
  return {
    host: ordered[0] ? hostOf(ordered[0]) : '',
    id: Number(ordered[0] && idOf(ordered[0])),
    account: lastSaid(ordered, ({ account }) => account),
    app: lastSaid(ordered, (entry) => labelText(entry, 'app')),
    state,
    endedBy: ended?.actor,
    endedAt: ended?.occurred_at,
    installedBy: created?.actor,
    installedAt: created?.occurred_at,
    permissions: lastSaid(ordered, permissionsIn),
    events: lastSaid(ordered, eventsIn),
    repositorySelection: lastSaid(ordered, (entry) => labelText(entry, 'repository_selection')),
    ...repositoriesOf(ordered, created),
    url: lastSaid(ordered, (entry) => linkOf(entry, 'settings')),
  }
}

/** Deletion is final: whoever installs again gets another id. */
function stateOf(ordered: readonly AuditEntry[]): {
  readonly state: InstallationState['state']
  readonly ended?: AuditEntry | undefined
} {
  const deleted = ordered.find(({ action }) => action === 'installation.deleted')
  if (deleted) return { state: 'deleted', ended: deleted }
  const newest = ordered.findLast((entry) => suspensionIn(entry) !== undefined)
  if (newest && suspensionIn(newest)) return { state: 'suspended', ended: newest }
  return { state: 'active' }
}

function suspensionIn(entry: AuditEntry): boolean | undefined {
  if (entry.action === 'installation.suspended') return true
  if (entry.action === 'installation.unsuspended') return false
  const { suspended } = scopeOf(entry)
  return typeof suspended === 'boolean' ? suspended : undefined
}

function permissionsIn(entry: AuditEntry): Record<string, string> | undefined {
  const { permissions } = scopeOf(entry)
  if (typeof permissions !== 'object' || permissions === null) return undefined
  const levels = Object.entries(permissions).filter(([, level]) => typeof level === 'string')
  return Object.fromEntries(levels.sort()) as Record<string, string>
}

function eventsIn(entry: AuditEntry): string[] | undefined {
  const { events } = scopeOf(entry)
  if (!Array.isArray(events)) return undefined
  return events.filter((one) => typeof one === 'string').sort()
}

function scopeOf({ snapshot }: AuditEntry): Readonly<Record<string, Json | undefined>> {
  const value = snapshot?.type === 'installation' ? snapshot.value : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json | undefined>>)
    : {}
}

/** What was there at the beginning, and what came and went. */
function repositoriesOf(
  ordered: readonly AuditEntry[],
  created: AuditEntry | undefined,
): Pick<InstallationState, 'repositories' | 'unnamedRepositories'> {
  const names = new Map<number, string>()
  for (const entry of ordered) {
    for (const { id, name } of namedIn(entry)) {
      if (entry.action === 'installation_repository.removed') names.delete(id)
      else names.set(id, name)
    }
  }
  const counted = created?.labels?.['repositories']
  const unnamed = created && typeof counted === 'number' ? counted - namedIn(created).length : 0
  return {
    repositories: [...names]
      .map(([id, name]) => ({ id, name }))
      .sort((one, other) => one.id - other.id),
    unnamedRepositories: Math.max(0, unnamed),
  }
}

function namedIn({ targets }: AuditEntry): { readonly id: number; readonly name: string }[] {
  return targets.flatMap(({ type, id, name }) =>
    type === 'repository' && typeof id === 'number' ? [{ id, name: name ?? '' }] : [],
  )
}
