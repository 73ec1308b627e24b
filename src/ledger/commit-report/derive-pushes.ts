import type { AuditEntry, ReportFile, ReportPush } from '../../core/domain/index.js'
import { FILE_CHANGES, readDefinition, type DefinitionParts } from '../definitions/index.js'
import { linkOf, personOf } from './derive-runs.js'

const PUSHES = new Set([
  'push.created',
  'push.forced',
  'branch.created',
  'tag.created',
  'tag.moved',
])

/** Files of one push whose difference is looked at; a push that changes more is none that a person reads line by line. */
const MOST_COMPARED = 30

/** The pushes among the entries, each with the pipeline files that its delivery changed and what that means. */
export async function readPushes(
  entries: readonly AuditEntry[],
  definitions: DefinitionParts,
): Promise<ReportPush[]> {
  const pushes: ReportPush[] = []
  for (const push of entries.filter(({ action }) => PUSHES.has(action))) {
    const files = entries.filter((entry) => isFileOf(push, entry))
    pushes.push(pushOf(push, await readFiles(files, definitions)))
  }
  return pushes
}

async function readFiles(
  entries: readonly AuditEntry[],
  definitions: DefinitionParts,
): Promise<ReportFile[]> {
  const files: ReportFile[] = []
  for (const [at, entry] of entries.entries()) {
    const file = fileOf(entry)
    if (!file) continue
    const definition = at < MOST_COMPARED ? await readDefinition(definitions, entry) : undefined
    files.push({ ...file, ...(definition && { definition }) })
  }
  return files
}

function isFileOf(push: AuditEntry, entry: AuditEntry): boolean {
  return entry.action in FILE_CHANGES && entry.source.delivery_id === push.source.delivery_id
}

function pushOf(push: AuditEntry, pipelineFiles: readonly ReportFile[]): ReportPush {
  const commits = push.labels?.['commits']
  return {
    seq: push.seq,
    at: push.occurred_at,
    actor: personOf(push.actor),
    attribution: push.attribution,
    ref: push.ci?.ref ?? 'an unknown ref',
    forced: push.labels?.['forced'] === true,
    defaultBranch: push.labels?.['default_branch'] === true,
    created: push.action === 'branch.created' || push.action === 'tag.created',
    commits: typeof commits === 'number' ? commits : 0,
    pipelineFiles,
    url: linkOf(push, 'compare') ?? linkOf(push, 'commit'),
  }
}

function fileOf(entry: AuditEntry): ReportFile | undefined {
  const change = FILE_CHANGES[entry.action]
  const [file] = entry.targets
  const path = file?.name ?? file?.id
  return change && path !== undefined ? { seq: entry.seq, path: String(path), change } : undefined
}
