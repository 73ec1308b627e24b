import { blobSha, type FileChange, type GitHubState, type Repository } from '../state.js'
import { repositoryApi, repositoryPage, type View } from './links.js'

/** The counts are read again for totals; the rest is only sent. */
export interface DiffEntry extends View {
  readonly additions: number
  readonly deletions: number
}

/** `diff-entry`. @param ref the commit whose contents the links show */
export function diffEntry(
  state: GitHubState,
  repository: Repository,
  ref: string,
  change: FileChange,
): DiffEntry {
  const { additions, deletions, patch } = difference(change.before, change.after)
  const path = change.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: blobSha(change.after ?? change.before ?? ''),
    filename: change.path,
    status: change.status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${repositoryPage(state, repository)}/blob/${ref}/${path}`,
    raw_url: `${repositoryPage(state, repository)}/raw/${ref}/${path}`,
    contents_url: `${repositoryApi(state, repository)}/contents/${path}?ref=${ref}`,
    patch,
  }
}

interface Difference {
  readonly additions: number
  readonly deletions: number
  readonly patch: string
}

/** One hunk from the first line that differs to the last: right, if not always the shortest. */
function difference(before: string | undefined, after: string | undefined): Difference {
  const old = lines(before)
  const now = lines(after)
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  const room = Math.min(old.length, now.length) - start
  while (end < room && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  const removed = old.slice(start, old.length - end)
  const added = now.slice(start, now.length - end)
  const header = `@@ -${hunk(start, removed.length)} +${hunk(start, added.length)} @@`
  const body = [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)]
  return {
    additions: added.length,
    deletions: removed.length,
    patch: [header, ...body].join('\n'),
  }
}

function lines(text = ''): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

function hunk(start: number, length: number): string {
  return `${String(length === 0 ? start : start + 1)},${String(length)}`
}
