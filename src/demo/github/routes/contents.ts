import { notFound } from '../refusal.js'
import { needs, ok, param, repositoryOf, type Answer, type Call, type Route } from '../route.js'
import { blobSha, resolveCommit, treeSha, type GitHubState, type Repository } from '../state.js'
import { repositoryApi, repositoryPage } from '../views/links.js'

export const contentRoutes: readonly Route[] = [
  { id: 'repos/get-content', access: needs('contents'), answer: getContent },
]

interface Place {
  readonly state: GitHubState
  readonly repository: Repository
  readonly ref: string
}

function getContent(call: Call): Answer {
  const repository = repositoryOf(call)
  const ref = call.query.get('ref') ?? repository.defaultBranch
  const commit = resolveCommit(repository, ref)
  if (!commit) throw notFound()
  const path = param(call, 'path').replaceAll(/^\/+|\/+$/g, '')
  const content = commit.files.get(path)
  const place = { state: call.world.state, repository, ref }
  if (content === undefined) return listFolder(place, commit.files, path)
  if (call.accept.includes('raw')) {
    return {
      status: 200,
      text: { type: 'application/vnd.github.raw+json; charset=utf-8', content },
    }
  }
  return ok({
    ...entry(place, { path, type: 'file', sha: blobSha(content), size: byteLength(content) }),
    content: wrapped(Buffer.from(content).toString('base64')),
    encoding: 'base64',
  })
}

function listFolder(place: Place, files: ReadonlyMap<string, string>, path: string): Answer {
  const folders = new Map<string, Map<string, string>>()
  const entries: object[] = []
  for (const [name, content] of files) {
    if (!name.startsWith(`${path}/`)) continue
    const [child = '', ...rest] = name.slice(path.length + 1).split('/')
    if (rest.length === 0) {
      const facts = { type: 'file', sha: blobSha(content), size: byteLength(content) } as const
      entries.push(entry(place, { path: name, ...facts }))
      continue
    }
    const inside = folders.get(child) ?? new Map<string, string>()
    folders.set(child, inside.set(rest.join('/'), content))
  }
  for (const [child, inside] of folders) {
    const facts = { type: 'dir', sha: treeSha(inside), size: 0 } as const
    entries.push(entry(place, { path: `${path}/${child}`, ...facts }))
  }
  if (entries.length === 0) throw notFound()
  return ok(entries)
}

interface Facts {
  readonly path: string
  readonly type: 'file' | 'dir'
  readonly sha: string
  readonly size: number
}

function entry({ state, repository, ref }: Place, { path, type, sha, size }: Facts): object {
  const api = repositoryApi(state, repository)
  const page = repositoryPage(state, repository)
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  const self = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`
  const git = `${api}/git/${type === 'file' ? 'blobs' : 'trees'}/${sha}`
  const html = `${page}/${type === 'file' ? 'blob' : 'tree'}/${encodeURIComponent(ref)}/${encoded}`
  return {
    type,
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha,
    size,
    url: self,
    git_url: git,
    html_url: html,
    download_url: type === 'file' ? `${page}/raw/${encodeURIComponent(ref)}/${encoded}` : null,
    _links: { self, git, html },
  }
}

function byteLength(content: string): number {
  return Buffer.byteLength(content)
}

/** GitHub breaks base64 into lines of 60. */
function wrapped(base64: string): string {
  return base64.replaceAll(/.{1,60}/g, '$&\n')
}
