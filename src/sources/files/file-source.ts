import { z } from 'zod'

import type { HostedName } from '../../core/domain/index.js'
import {
  GitHubError,
  type FileAtCommit,
  type FilePlace,
  type FileStore,
  type GitHub,
  type Octokit,
} from '../../platform/index.js'

interface FileSourceOptions {
  readonly github: GitHub
  readonly files: FileStore
}

/** Why nothing was fetched. `no_permission`: the owner has not granted `contents: read`. */
export type FetchFailure = 'no_permission' | 'installation_gone' | 'unavailable'

/** Files at commits, asked of GitHub once and kept. */
export interface FileSource {
  /**
   * Fetches those places that are not known yet, one after the other, and remembers them.
   * @returns why the rest could not be had; `undefined` when all are known now
   */
  fetch(repo: FileRepo, places: readonly FilePlace[]): Promise<FetchFailure | undefined>
}

interface FileRepo extends HostedName {
  readonly installationId: number
}

/** Contents that are asked for: GitHub's API gives up to 1 MB, and what is longer than this is not read anyway. */
const LARGEST = 512 * 1024

export function createFileSource({ github, files }: FileSourceOptions): FileSource {
  return {
    fetch: async (repo, places) => {
      const missing: FilePlace[] = []
      for (const place of places) if (!(await files.get(place))) missing.push(place)
      if (missing.length === 0) return undefined
      try {
        const { octokit, permissions } = await github.installation(repo.installationId)
        if (!['read', 'write'].includes(permissions['contents'] ?? '')) return 'no_permission'
        for (const place of missing) await files.put(place, await read(octokit, repo, place))
        return undefined
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

/** @throws what is no refusal of GitHub's */
function failureOf(error: unknown): FetchFailure {
  if (!(error instanceof GitHubError)) throw error
  if (error.code === 'forbidden') return 'no_permission'
  const gone = error.code === 'installation_suspended' || error.code === 'installation_gone'
  return gone ? 'installation_gone' : 'unavailable'
}

/** A folder comes as a list; a file of more than 1 MB without its content. */
const answer = z.object({
  type: z.string(),
  sha: z.string(),
  size: z.number(),
  content: z.string().optional(),
  encoding: z.string().optional(),
})

async function read(octokit: Octokit, repo: HostedName, place: FilePlace): Promise<FileAtCommit> {
  const [owner = '', name = ''] = repo.name.split('/')
  const { path, commit: ref } = place
  try {
    const { data } = await octokit.rest.repos.getContent({ owner, repo: name, path, ref })
    return fileOf(data)
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'not_found') return { state: 'absent' }
    throw error
  }
}

function fileOf(data: unknown): FileAtCommit {
  const parsed = answer.safeParse(data)
  if (!parsed.success || parsed.data.type !== 'file') return { state: 'not_a_file' }
  const { sha, size, content = '', encoding } = parsed.data
  if (size > LARGEST || encoding !== 'base64') return { state: 'too_large' }
  return { state: 'there', blobSha: sha, content: Buffer.from(content, 'base64') }
}
