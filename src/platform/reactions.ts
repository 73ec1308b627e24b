import type { PrismaClient } from '../generated/prisma/client.js'

/** What Hooktrail wrote elsewhere under one key. */
export interface Reaction {
  /** The check run's id, the number; absent if nothing is there to be written again. */
  readonly remoteId?: number | undefined
  readonly url?: string | undefined
  /** Hex, of the content that was written last. */
  readonly contentSha256?: string | undefined
}

/** Remembers reactions by stable key, so that a retry changes nothing twice. */
export interface ReactionStore {
  get(key: string): Promise<Reaction | undefined>
  /** Replaces what was remembered under the key. */
  put(key: string, kind: ReactionKind, reaction: Reaction): Promise<void>
}

type ReactionKind = 'check_run' | 'alert_issue' | 'alert_commit'

/** @param now the time of a write, in ms since 1970 */
export function createReactionStore(
  { prisma }: { readonly prisma: Pick<PrismaClient, 'reaction'> },
  now: () => number,
): ReactionStore {
  return {
    get: async (key) => {
      const row = await prisma.reaction.findUnique({ where: { key } })
      if (!row) return undefined
      return {
        remoteId: row.remoteId === null ? undefined : Number(row.remoteId),
        url: row.url ?? undefined,
        contentSha256: row.contentSha256
          ? Buffer.from(row.contentSha256).toString('hex')
          : undefined,
      }
    },
    put: async (key, kind, { remoteId, url, contentSha256 }) => {
      const written = {
        kind,
        remoteId: remoteId === undefined ? null : BigInt(remoteId),
        url: url ?? null,
        contentSha256:
          contentSha256 === undefined ? null : new Uint8Array(Buffer.from(contentSha256, 'hex')),
        updatedAt: new Date(now()),
      }
      await prisma.reaction.upsert({ where: { key }, create: { key, ...written }, update: written })
    },
  }
}
