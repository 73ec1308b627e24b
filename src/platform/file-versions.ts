import type { PrismaClient } from '../generated/prisma/client.js'

/** A file at a commit of a repository. */
export interface FilePlace {
  readonly host: string
  readonly repoId: number
  /** Full SHA. */
  readonly commit: string
  readonly path: string
}

/** What is known of a file at a commit, for good: commits do not change. */
export type FileAtCommit =
  | { readonly state: 'there'; readonly blobSha: string; readonly content: Uint8Array }
  | { readonly state: FileProblem }

/** `absent`: there is no such file; `not_a_file`: a folder, a link, a submodule. */
export type FileProblem = 'absent' | 'too_large' | 'not_a_file'

/** Remembers versions of files, each content once. */
export interface FileStore {
  /** `undefined` if nobody has asked GitHub yet. */
  get(place: FilePlace): Promise<FileAtCommit | undefined>
  /** The same again changes nothing. */
  put(place: FilePlace, file: FileAtCommit): Promise<void>
}

const PROBLEMS: readonly FileProblem[] = ['absent', 'too_large', 'not_a_file']

/** @param now the time of a write, in ms since 1970 */
export function createFileStore(
  { prisma }: { readonly prisma: Pick<PrismaClient, 'fileVersion' | 'fileAt'> },
  now: () => number,
): FileStore {
  return {
    get: async (place) => {
      const at = await prisma.fileAt.findUnique({
        where: { host_repoId_commitSha_path: keyOf(place) },
      })
      if (!at) return undefined
      const problem = PROBLEMS.find((one) => one === at.problem)
      if (problem !== undefined || at.blobSha === null) return { state: problem ?? 'absent' }
      const key = { host: place.host, blobSha: at.blobSha }
      const version = await prisma.fileVersion.findUnique({ where: { host_blobSha: key } })
      return version ? { state: 'there', blobSha: at.blobSha, content: version.content } : undefined
    },
    put: async (place, file) => {
      const fetchedAt = new Date(now())
      const blobSha = file.state === 'there' ? file.blobSha : null
      if (file.state === 'there') {
        const version = { host: place.host, blobSha: file.blobSha }
        const content = new Uint8Array(file.content)
        await prisma.fileVersion.createMany({
          data: [{ ...version, content, fetchedAt }],
          skipDuplicates: true,
        })
      }
      const problem = file.state === 'there' ? null : file.state
      await prisma.fileAt.createMany({
        data: [{ ...keyOf(place), blobSha, problem, fetchedAt }],
        skipDuplicates: true,
      })
    },
  }
}

function keyOf({ host, repoId, commit, path }: FilePlace) {
  return { host, repoId: BigInt(repoId), commitSha: commit, path }
}
