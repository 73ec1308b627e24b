import { sameBytes } from './bytes.js'
import type { Checkpoint } from './checkpoint.js'
import { checkConsistency, proveConsistency } from './consistency-proof.js'
import { emptyRoot } from './hashes.js'
import { MerkleError } from './merkle-error.js'
import { readRoot } from './spans.js'
import type { ReadTiles } from './tiles.js'

/**
 * What a newer checkpoint is to one that somebody kept.
 * - `first`: nothing was kept;
 * - `unchanged`, `grown`: the same tree, or one that begins with it;
 * - `other-log`: it names another log;
 * - `behind`: it has fewer entries;
 * - `fork`: it does not begin with the tree that was kept;
 * - `unproved`: the log's tiles are not those of the tree that it signed.
 */
export type Growth = 'first' | 'unchanged' | 'grown' | 'other-log' | 'behind' | 'fork' | 'unproved'

/**
 * Compares two checkpoints whose signatures were looked at. Nothing is believed about the tiles: they have to give the
 * roots.
 * @param readTiles of the log that shows `fresh`
 * @throws as `readTiles` does
 */
export async function compareCheckpoints(
  kept: Checkpoint | undefined,
  fresh: Checkpoint,
  readTiles: ReadTiles,
): Promise<Growth> {
  return (kept && obvious(kept, fresh)) ?? (await provedBy(readTiles, kept, fresh))
}

/** What needs no proof; `undefined` where it is to be proved that the log grew. */
function obvious(kept: Checkpoint, fresh: Checkpoint): Growth | undefined {
  if (kept.origin !== fresh.origin) return 'other-log'
  if (kept.size > fresh.size) return 'behind'
  if (kept.size < fresh.size) return undefined
  return sameBytes(kept.root, fresh.root) ? 'unchanged' : 'fork'
}

async function provedBy(
  readTiles: ReadTiles,
  kept: Checkpoint | undefined,
  fresh: Checkpoint,
): Promise<Growth> {
  try {
    if (!sameBytes(await readRoot(fresh.size, fresh.size, readTiles), fresh.root)) return 'unproved'
    if (!kept) return 'first'
    return (await contains(fresh, kept, readTiles)) ? 'grown' : 'fork'
  } catch (error) {
    if (error instanceof MerkleError) return 'unproved'
    throw error
  }
}

async function contains(
  fresh: Checkpoint,
  kept: Checkpoint,
  readTiles: ReadTiles,
): Promise<boolean> {
  if (kept.size === 0) return sameBytes(kept.root, emptyRoot())
  return checkConsistency(kept, fresh, await proveConsistency(kept.size, fresh.size, readTiles))
}
