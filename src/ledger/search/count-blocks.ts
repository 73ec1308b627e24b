import type { Database } from '../../platform/index.js'

/** Blocks that one call counts at most: a job that was away for long works in steps. */
const MOST_BLOCKS = 64

/**
 * Counts the whole blocks of entries that nobody counted yet, for what searches know in advance. Searches are right without it,
 * and slower.
 * @returns how many
 */
export async function countBlocks({ pool }: Pick<Database, 'pool'>): Promise<number> {
  for (let counted = 0; counted < MOST_BLOCKS; counted += 1) {
    const { rows } = await pool.query<{ more: boolean }>('SELECT log_count_block() AS more')
    if (rows[0]?.more !== true) return counted
  }
  return MOST_BLOCKS
}
