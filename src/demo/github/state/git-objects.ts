import { createHash } from 'node:crypto'

/** Git's own object ids, so that a tree or blob SHA of the stand-in means what it means in Git. */

export function blobSha(content: string): string {
  return objectSha('blob', Buffer.from(content))
}

/** @param files path to content, as `git ls-tree -r` would list them */
export function treeSha(files: ReadonlyMap<string, string>): string {
  const here: { name: string; mode: string; sha: string }[] = []
  const folders = new Map<string, Map<string, string>>()
  for (const [path, content] of files) {
    const slash = path.indexOf('/')
    if (slash === -1) here.push({ name: path, mode: '100644', sha: blobSha(content) })
    else folderOf(folders, path.slice(0, slash)).set(path.slice(slash + 1), content)
  }
  for (const [name, inside] of folders) here.push({ name, mode: '40000', sha: treeSha(inside) })
  return objectSha('tree', Buffer.concat(here.sort(byGitOrder).map(treeEntry)))
}

function folderOf(folders: Map<string, Map<string, string>>, name: string): Map<string, string> {
  const known = folders.get(name) ?? new Map<string, string>()
  folders.set(name, known)
  return known
}

/** Git sorts a folder as if its name ended in a slash. */
function byGitOrder(a: { name: string; mode: string }, b: { name: string; mode: string }): number {
  const key = (entry: { name: string; mode: string }): Buffer =>
    Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name)
  return Buffer.compare(key(a), key(b))
}

function treeEntry(entry: { name: string; mode: string; sha: string }): Buffer {
  return Buffer.concat([
    Buffer.from(`${entry.mode} ${entry.name}\0`),
    Buffer.from(entry.sha, 'hex'),
  ])
}

export interface CommitObject {
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: GitPerson
  readonly committer: GitPerson
  readonly message: string
}

export interface GitPerson {
  readonly name: string
  readonly email: string
  readonly date: Date
}

export function commitSha(commit: CommitObject): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signature(commit.author)}`,
    `committer ${signature(commit.committer)}`,
    '',
    commit.message,
  ]
  return objectSha('commit', Buffer.from(lines.join('\n')))
}

function signature(person: GitPerson): string {
  return `${person.name} <${person.email}> ${String(Math.floor(person.date.getTime() / 1000))} +0000`
}

function objectSha(kind: string, content: Buffer): string {
  const hash = createHash('sha1')
  return hash
    .update(`${kind} ${String(content.length)}\0`)
    .update(content)
    .digest('hex')
}
