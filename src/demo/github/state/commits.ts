import type { Account } from './accounts.js'
import { commitSha, treeSha, type GitPerson } from './git-objects.js'
import type { Repository } from './repositories.js'

export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: GitPerson
  /** The account that GitHub matched to the author's address. */
  readonly authorAccount: Account | null
  readonly committer: GitPerson
  readonly committerAccount: Account | null
  readonly message: string
  /** Whether GitHub shows "Verified". */
  readonly verified: boolean
  /** Every file at this commit: path to content. */
  readonly files: ReadonlyMap<string, string>
}

export interface NewCommit {
  readonly author: Account
  readonly message: string
  readonly at: Date
  /** What changes against the first parent: path to content, `null` deletes. */
  readonly files?: Readonly<Record<string, string | null>>
  /** The branch (`main`) whose tip is the parent, and which moves to the new commit; a new one grows from the default branch. */
  readonly branch?: string
  /** In place of the branch's tip. Two make a merge. */
  readonly parents?: readonly string[]
  /** The author when left out. */
  readonly committer?: Account
  /** An address that belongs to nobody: GitHub then shows no account. */
  readonly unknownAuthor?: { readonly name: string; readonly email: string }
  readonly verified?: boolean
}

/** Adds a commit with the SHA that Git would give it, and moves the branch if one is named. */
export function addCommit(repository: Repository, wanted: NewCommit): Commit {
  const commit = buildCommit(repository, wanted)
  repository.commits.set(commit.sha, commit)
  if (wanted.branch !== undefined) setRef(repository, `refs/heads/${wanted.branch}`, commit.sha)
  repository.pushedAt = wanted.at
  return commit
}

function buildCommit(repository: Repository, wanted: NewCommit): Commit {
  const parents = wanted.parents ?? tipOf(repository, wanted.branch)
  const files = changedFiles(repository, parents[0], wanted.files ?? {})
  const committer = wanted.committer ?? wanted.author
  const content = {
    tree: treeSha(files),
    parents,
    author: { ...person(wanted.author), ...wanted.unknownAuthor, date: wanted.at },
    committer: { ...person(committer), date: wanted.at },
    message: wanted.message,
  }
  return {
    ...content,
    sha: commitSha(content),
    authorAccount: wanted.unknownAuthor ? null : wanted.author,
    committerAccount: committer,
    verified: wanted.verified ?? false,
    files,
  }
}

function tipOf(repository: Repository, branch?: string): readonly string[] {
  const tip =
    repository.refs.get(`refs/heads/${branch ?? repository.defaultBranch}`) ??
    repository.refs.get(`refs/heads/${repository.defaultBranch}`)
  return tip === undefined ? [] : [tip]
}

function changedFiles(
  repository: Repository,
  parent: string | undefined,
  changes: Readonly<Record<string, string | null>>,
): ReadonlyMap<string, string> {
  const files = new Map(parent === undefined ? [] : repository.commits.get(parent)?.files)
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(path)
    else files.set(path, content)
  }
  return files
}

function person(account: Account): { name: string; email: string } {
  return {
    name: account.name ?? account.login,
    email: account.email ?? `${String(account.id)}+${account.login}@users.noreply.github.com`,
  }
}

/** Creates or moves a ref, forced if need be. @param ref full name: `refs/heads/main`, `refs/tags/v1` */
export function setRef(repository: Repository, ref: string, sha: string): void {
  repository.refs.set(ref, sha)
}

export function deleteRef(repository: Repository, ref: string): void {
  repository.refs.delete(ref)
}

/** A branch, tag, full ref or SHA (7 digits are enough) to the commit it names. */
export function resolveCommit(repository: Repository, name: string): Commit | undefined {
  const sha =
    repository.refs.get(`refs/heads/${name}`) ??
    repository.refs.get(`refs/tags/${name}`) ??
    repository.refs.get(name.startsWith('refs/') ? name : `refs/${name}`) ??
    name
  return repository.commits.get(sha) ?? byShortSha(repository, sha)
}

function byShortSha(repository: Repository, sha: string): Commit | undefined {
  if (!/^[0-9a-f]{7,39}$/.test(sha)) return undefined
  return [...repository.commits.values()].find((commit) => commit.sha.startsWith(sha))
}

/** The commit and all before it, nearest first. */
export function history(repository: Repository, from: Commit): Commit[] {
  const seen = new Set<string>()
  const found: Commit[] = []
  const open = [from.sha]
  for (let sha = open.shift(); sha !== undefined; sha = open.shift()) {
    const commit = seen.has(sha) ? undefined : repository.commits.get(sha)
    seen.add(sha)
    if (!commit) continue
    found.push(commit)
    open.push(...commit.parents)
  }
  return found.sort((a, b) => b.committer.date.getTime() - a.committer.date.getTime())
}

export interface FileChange {
  readonly path: string
  readonly status: 'added' | 'modified' | 'removed'
  readonly before: string | undefined
  readonly after: string | undefined
}

/** What differs between two trees, by path. `before` left out: everything was added. */
export function filesBetween(before: Commit | undefined, after: Commit): FileChange[] {
  const paths = new Set([...(before?.files.keys() ?? []), ...after.files.keys()])
  const changes: FileChange[] = []
  for (const path of [...paths].sort()) {
    const old = before?.files.get(path)
    const now = after.files.get(path)
    if (old !== now) changes.push({ path, status: changeOf(old, now), before: old, after: now })
  }
  return changes
}

function changeOf(before?: string, after?: string): FileChange['status'] {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'modified'
}
