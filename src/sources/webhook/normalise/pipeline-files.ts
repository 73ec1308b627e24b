import type { Json } from '../../../core/domain/index.js'
import { list, object } from './payload.js'

/** What a push did to a file, all its commits together. */
export type FileFate = 'added' | 'changed' | 'removed'

export interface ChangedFile {
  readonly path: string
  readonly type: string
  readonly fate: FileFate
}

/** GitHub lists at most so many commits in a push, and so many files in each list of a commit. */
const MOST_LISTED_COMMITS = 2048
const MOST_LISTED_FILES = 3000

/** The files that decide what runs with whose rights, by the type that their entries' targets have. */
const PIPELINE_FILES: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['workflow', /^\.github\/workflows\/[^/]+\.ya?ml$/i],
  ['codeowners', /^(?:\.github\/|docs\/)?CODEOWNERS$/],
  ['dependabot_config', /^\.github\/dependabot\.ya?ml$/],
  ['action', /^\.github\/actions\/.|(?:^|\/)action\.ya?ml$/],
  // Scripts and data beside the workflows.
  ['workflow_support', /^\.github\/workflows\/./],
]

function pipelineFileType(path: string): string | undefined {
  // Nearly every path of nearly every push ends here, before any pattern is tried.
  if (!path.startsWith('.github/') && !/(?:action\.ya?ml|CODEOWNERS)$/.test(path)) return undefined
  return PIPELINE_FILES.find(([, pattern]) => pattern.test(path))?.[0]
}

/** Folds the commits, oldest first: added and then removed again is nothing, removed and added is changed. */
export function changedFiles(commits: readonly Json[]): ChangedFile[] {
  const fates = new Map<string, FileFate>()
  for (const commit of commits) {
    const { removed, added, modified } = object(commit)
    for (const path of pipelinePaths(removed)) remove(fates, path)
    for (const path of pipelinePaths(added)) add(fates, path)
    for (const path of pipelinePaths(modified)) modify(fates, path)
  }
  return [...fates].map(([path, fate]) => ({ path, fate, type: pipelineFileType(path) ?? 'file' }))
}

function pipelinePaths(paths: Json | undefined): string[] {
  const found: string[] = []
  for (const path of list(paths)) {
    if (typeof path === 'string' && pipelineFileType(path) !== undefined) found.push(path)
  }
  return found
}

function remove(fates: Map<string, FileFate>, path: string): void {
  if (fates.get(path) === 'added') fates.delete(path)
  else fates.set(path, 'removed')
}

function add(fates: Map<string, FileFate>, path: string): void {
  const before = fates.get(path)
  if (before === undefined) fates.set(path, 'added')
  else if (before === 'removed') fates.set(path, 'changed')
}

function modify(fates: Map<string, FileFate>, path: string): void {
  if (fates.get(path) !== 'added') fates.set(path, 'changed')
}

/** Whether the lists are below the lengths at which GitHub cuts them. */
export function filesAreComplete(commits: readonly Json[]): boolean {
  if (commits.length >= MOST_LISTED_COMMITS) return false
  return commits.every((commit) => {
    const { added, removed, modified } = object(commit)
    return [added, removed, modified].every((files) => list(files).length < MOST_LISTED_FILES)
  })
}
