import type {
  AuditEntry,
  DefinitionUnknown,
  ReportDefinition,
  ReportFile,
} from '../../core/domain/index.js'
import type { FileAtCommit, FilePlace, FileStore } from '../../platform/index.js'
import type { Compare } from './compare.js'

/** What it takes to say what changed in a pipeline file. */
export interface DefinitionParts {
  readonly files: FileStore
  readonly compare: Compare
  /** Gets versions that are not known yet; left out: what is not known is not had. */
  readonly fetch?:
    ((places: readonly FilePlace[]) => Promise<DefinitionUnknown | undefined>) | undefined
}

export const FILE_CHANGES: Readonly<Record<string, ReportFile['change']>> = {
  'workflow_file.added': 'added',
  'workflow_file.changed': 'changed',
  'workflow_file.removed': 'removed',
}

/** The files that say what runs. Of CODEOWNERS and the like there is nothing to read in this way. */
const READ_TYPES = new Set(['workflow', 'action'])

/**
 * What a push changed in a pipeline file, by the entry that tells of it; `undefined` if the entry tells of no file that
 * can be read so. Never throws for what the file holds.
 */
export async function readDefinition(
  parts: DefinitionParts,
  entry: AuditEntry,
): Promise<ReportDefinition | undefined> {
  const change = FILE_CHANGES[entry.action]
  const places = placesOf(entry)
  if (change === undefined || places === undefined) return undefined
  if (change === 'changed' && !places.before) return { state: 'unknown', reason: 'new_branch' }
  return compareAt(parts, {
    before: change === 'added' ? undefined : places.before,
    after: change === 'removed' ? undefined : places.after,
  })
}

async function compareAt(
  { files, compare, fetch }: DefinitionParts,
  { before, after }: Places,
): Promise<ReportDefinition> {
  const failure = await fetch?.([before, after].filter((place) => place !== undefined))
  const old = await known(files, before)
  const now = await known(files, after)
  if (typeof old === 'string') return { state: 'unknown', reason: reasonOf(old, failure) }
  if (typeof now === 'string') return { state: 'unknown', reason: reasonOf(now, failure) }
  const changes = await compare({ before: old?.text, after: now?.text })
  if (changes === 'too_slow') return { state: 'unknown', reason: 'too_slow' }
  return { state: 'compared', changes }
}

interface Places {
  readonly before: FilePlace | undefined
  readonly after: FilePlace | undefined
}

function placesOf({ repo, ci, targets: [target] }: AuditEntry): Places | undefined {
  const path = target?.id
  if (
    !repo ||
    typeof path !== 'string' ||
    !READ_TYPES.has(target?.type ?? '') ||
    !/\.ya?ml$/i.test(path)
  ) {
    return undefined
  }
  const at = (commit: string | undefined): FilePlace | undefined =>
    commit === undefined ? undefined : { host: repo.host, repoId: repo.id, commit, path }
  return { before: at(ci?.before_sha), after: at(ci?.head_sha) }
}

interface Text {
  readonly text: string
}

/** The text, nothing where there shall be none, or why it cannot be had. */
async function known(
  files: FileStore,
  place: FilePlace | undefined,
): Promise<Text | undefined | 'not_fetched' | Exclude<FileAtCommit['state'], 'there'>> {
  if (!place) return undefined
  const file = await files.get(place)
  if (!file) return 'not_fetched'
  // Bytes that are no UTF-8 become U+FFFD, which the reader refuses.
  return file.state === 'there' ? { text: Buffer.from(file.content).toString('utf8') } : file.state
}

function reasonOf(
  state: 'not_fetched' | Exclude<FileAtCommit['state'], 'there'>,
  failure: DefinitionUnknown | undefined,
): DefinitionUnknown {
  return state === 'not_fetched' ? (failure ?? 'not_fetched') : state
}
