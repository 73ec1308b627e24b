import type { EntryDraft } from '../../../core/domain/index.js'
import { draft, type Facts } from './draft.js'
import type { WebhookEvent } from './event.js'
import type { GitRef } from './git-ref.js'
import { below, links } from './links.js'
import { clean, LIMITS, object, text } from './payload.js'
import type { ChangedFile, FileFate } from './pipeline-files.js'

/** Entries for one push at most; the push's own entry counts all files. */
const MOST_ENTRIES = 200

type Push = Pick<Facts, 'at' | 'who' | 'onBehalfOf' | 'ci' | 'correlation'> & {
  readonly ref: GitRef
  readonly before: string | undefined
  readonly after: string | undefined
  readonly forced: boolean
}

const NAMES: Readonly<Record<FileFate, string>> = {
  added: 'workflow_file.added',
  changed: 'workflow_file.changed',
  removed: 'workflow_file.removed',
}

/** One entry for each file: who changed it is who pushed, whoever the commits say wrote it. */
export function pipelineEntries(
  event: WebhookEvent,
  files: readonly ChangedFile[],
  push: Push,
): EntryDraft[] {
  return files.slice(0, MOST_ENTRIES).map((file) => pipelineEntry(event, file, push))
}

function pipelineEntry(event: WebhookEvent, file: ChangedFile, push: Push): EntryDraft {
  const { at, who, onBehalfOf, ci, correlation, ref, before, after, forced } = push
  const path = clean(file.path, LIMITS.path)
  const sha = file.fate === 'removed' ? before : after
  const url = sha === undefined ? undefined : below(event.repoUrl, 'blob', sha, file.path)
  const isDefault =
    ref.kind === 'branch' && ref.name === text(object(event.payload.repository).default_branch)
  return draft(event, {
    action: NAMES[file.fate],
    at,
    who,
    onBehalfOf,
    ci: file.type === 'workflow' ? { ...ci, workflow_path: path } : ci,
    correlation,
    targets: [{ type: file.type, id: path, name: path, url }],
    links: links([
      ['file', url],
      ['compare', before === undefined || after === undefined ? undefined : event.payload.compare],
      ['history', after && below(event.repoUrl, 'commits', after, file.path)],
    ]),
    labels: { forced, default_branch: isDefault },
  })
}
