import type { Database } from '../../platform/index.js'
import { readProofFile } from '../checkpoints/index.js'
import { leafHashOf } from '../read-entries.js'
import { currentRoot } from '../verify/index.js'

/** How an entry stands in the log. */
export interface EntryProof {
  /** Hex; absent only if the entry went away while it was read. */
  readonly leafHash: string | undefined
  /** Entries in the log, and the root hash over them in hex. */
  readonly size: number
  readonly root: string
  /** Of the log whose signed checkpoint has that size and root; absent if none covers the entry yet. */
  readonly origin?: string | undefined
  /** The entry's proof under that checkpoint, as a tlog-proof file. */
  readonly file?: string | undefined
}

/** Under the newest checkpoint that covers the entry; without one, as the tree stands. */
export async function readEntryProof(database: Database, seq: number): Promise<EntryProof> {
  const leafHash = await leafHashOf(database, seq)
  const proof = await readProofFile(database, seq)
  if (!proof) return { leafHash, ...(await currentRoot(database)) }
  const { size, root, origin } = proof.checkpoint
  return { leafHash, size, root: Buffer.from(root).toString('hex'), origin, file: proof.file }
}
