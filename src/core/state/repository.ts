import { groupBy, type AuditEntry, type HostedName } from '../domain/index.js'
import { changedText, foldNames, type Names, type Renaming } from './names.js'
import { byKey, hostOf, inTime, labelText, lastSaid, targetId } from './order.js'

/** A repository, known by host and id, through all its names. */
export interface RepositoryState extends Names {
  readonly host: string
  readonly id: number
  readonly account?: HostedName | undefined
  /** GitHub's word: `public`, `private`, `internal`; absent while nothing has told. */
  readonly visibility?: string | undefined
  readonly archived?: boolean | undefined
  readonly defaultBranch?: string | undefined
  /** GitHub tells an App of it only by taking the repository away from the installation. */
  readonly deleted: boolean
  /** The installation that sees it, as far as entries of installations tell. */
  readonly installationId?: number | undefined
  readonly firstSeen: string
  readonly lastSeen: string
}

const OF_REPOSITORY = 'repository.'
const OF_INSTALLATION = /^installation(?:_repository)?[.]/

/** Every repository that an entry is of, or that an installation was given. */
export function foldRepositories(entries: readonly AuditEntry[]): RepositoryState[] {
  const told = entries.flatMap((entry) => repositoriesOf(entry).map((repo) => ({ repo, entry })))
  return [...groupBy(told, ({ repo }) => `${repo.host} ${String(repo.id)}`).values()]
    .flatMap((ofRepository) => foldRepository(ofRepository))
    .sort(byKey)
}

interface Told {
  readonly repo: HostedName
  readonly entry: AuditEntry
}

/** An installation's own entries name several repositories. */
function repositoriesOf(entry: AuditEntry): HostedName[] {
  if (entry.repo) return [entry.repo]
  if (!OF_INSTALLATION.test(entry.action)) return []
  return entry.targets.flatMap(({ type, id, name }) =>
    type === 'repository' && typeof id === 'number' && name
      ? [{ host: hostOf(entry), id, name }]
      : [],
  )
}

function foldRepository(told: readonly Told[]): RepositoryState[] {
  const repo = told[0]?.repo
  if (!repo) return []
  const ordered = inTime(
    told.map(({ entry }) => entry),
    rankOf,
  )
  const about = ordered.filter(({ action }) => action.startsWith(OF_REPOSITORY))
  const sightings = told.map(({ repo: { name }, entry }) => ({ name, at: entry.occurred_at }))
  return [
    {
      host: repo.host,
      id: repo.id,
      ...foldNames(sightings, about.flatMap(renamingIn)),
      account: lastSaid(ordered, ({ account }) => account),
      visibility: lastSaid(ordered, visibilityIn),
      archived: lastSaid(about, archivedIn),
      defaultBranch: lastSaid(about, (entry) => textOf(snapshotOf(entry)['default_branch'])),
      deleted: about.at(-1)?.action === 'repository.deleted',
      installationId: installationOf(ordered),
      firstSeen: ordered[0]?.occurred_at ?? '',
      lastSeen: ordered.at(-1)?.occurred_at ?? '',
    },
  ]
}

/** Taken away last at one moment: a transfer gives a repository to another installation too. */
function rankOf({ action }: AuditEntry): number {
  return action === 'installation_repository.removed' || action === 'repository.deleted' ? 1 : 0
}

/** A change names half of the full name; the entry's own name has the rest. */
function renamingIn(entry: AuditEntry): Renaming[] {
  const [owner = '', name = ''] = (entry.repo?.name ?? '').split('/')
  const { occurred_at: at, actor } = entry
  const after = entry.repo?.name
  if (entry.action === 'repository.renamed') {
    const { before } = changedText(entry, 'name')
    return [{ at, kind: 'renamed', before: before ? `${owner}/${before}` : before, after, actor }]
  }
  if (entry.action !== 'repository.transferred') return []
  const { before } = changedText(entry, 'owner')
  return [{ at, kind: 'transferred', before: before ? `${before}/${name}` : before, after, actor }]
}

function visibilityIn(entry: AuditEntry): string | undefined {
  if (entry.action.startsWith(OF_REPOSITORY)) return labelText(entry, 'visibility')
  const isPrivate = entry.labels?.['private'] === true
  return entry.action === 'installation_repository.added' && isPrivate ? 'private' : undefined
}

function archivedIn(entry: AuditEntry): boolean | undefined {
  if (entry.action === 'repository.archived') return true
  if (entry.action === 'repository.unarchived') return false
  const { archived } = snapshotOf(entry)
  return typeof archived === 'boolean' ? archived : undefined
}

function snapshotOf({ snapshot }: AuditEntry): Readonly<Record<string, unknown>> {
  const value = snapshot?.value
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function installationOf(ordered: readonly AuditEntry[]): number | undefined {
  const newest = ordered.findLast(({ action }) => OF_INSTALLATION.test(action))
  if (!newest || /[.](?:removed|deleted)$/.test(newest.action)) return undefined
  const id = targetId(newest, 'installation')
  return typeof id === 'number' ? id : undefined
}
