import { readRoot, toBase64, type ReadTiles } from '../../core/merkle/index.js'
import { SigningError } from './signing-error.js'

/** A tree that somebody outside of the database knows of: the log must always contain it. */
export interface KnownHead {
  readonly size: number
  /** Base64; `undefined` where only the size is known. */
  readonly root: string | undefined
  /** Who knows it, as in “which <source> holds”. */
  readonly source: string
}

const NEXT_STEPS =
  'Nothing is signed until this is mended; entries are still recorded. If the database was restored from a backup, bring back a newer one. If those entries are lost for good, keep the old checkpoints and go on as a new log: hooktrail log rotate --origin <new name>. See docs/operations.md, “When signing stops”.'

/**
 * Whether the log contains the tree.
 * @param size of the log as it is now
 * @throws SigningError `signing.behind`, `signing.fork`
 */
export async function requireContained(
  head: KnownHead,
  size: number,
  readTiles: ReadTiles,
): Promise<void> {
  const { source, size: known } = head
  if (known > size) {
    throw new SigningError(
      'signing.behind',
      `The database is behind what was published: it has ${String(size)} entries, and ${source} holds a checkpoint for ${String(known)}. ${NEXT_STEPS}`,
    )
  }
  if (head.root === undefined || toBase64(await readRoot(known, size, readTiles)) === head.root) {
    return
  }
  throw new SigningError(
    'signing.fork',
    `The database is not the log that was published: its first ${String(known)} entries have another root than the checkpoint that ${source} holds. Somebody changed it, or it belongs to another log; hooktrail verify says more. ${NEXT_STEPS}`,
  )
}
