import type { AuditEntry, ReportFile, ReportPush } from '../../core/domain/index.js'
import { linkOf, personOf } from './derive-runs.js'

const PUSHES = new Set([
  'push.created',
  'push.forced',
  'branch.created',
  'tag.created',
  'tag.moved',
])

const FILE_CHANGES: Readonly<Record<string, ReportFile['change']>> = {
  'workflow_file.added': 'added',
  'workflow_file.changed': 'changed',
  'workflow_file.removed': 'removed',
}

/** The pushes among the entries, each with the pipeline files that its delivery changed. */
export function derivePushes(entries: readonly AuditEntry[]): ReportPush[] {
  return entries
    .filter(({ action }) => PUSHES.has(action))
    .map((push) =>
      pushOf(
        push,
        entries.filter((entry) => isFileOf(push, entry)),
      ),
    )
}

function isFileOf(push: AuditEntry, entry: AuditEntry): boolean {
  return entry.action in FILE_CHANGES && entry.source.delivery_id === push.source.delivery_id
}

function pushOf(push: AuditEntry, files: readonly AuditEntry[]): ReportPush {
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
    pipelineFiles: files.flatMap(fileOf),
    url: linkOf(push, 'compare') ?? linkOf(push, 'commit'),
  }
}

function fileOf(entry: AuditEntry): ReportFile[] {
  const change = FILE_CHANGES[entry.action]
  const [file] = entry.targets
  const path = file?.name ?? file?.id
  return change && path !== undefined ? [{ path: String(path), change }] : []
}
