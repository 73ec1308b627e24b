import type { ClientBase } from 'pg'

import { CLOCKS_DIFFER_MS } from './log-keys.js'
import { MAX_PROBLEMS, type Complain } from './report.js'

type Connection = Pick<ClientBase, 'query'>

interface WrongRow {
  readonly size: string
  readonly is_signed: boolean
  readonly is_early: boolean | null
}

/** Only what is wrong is fetched. One statement sees one moment: what is signed and shown meanwhile is on both sides. */
const WRONG = `
  SELECT size, is_signed, is_early FROM (
    SELECT p.size, c.size IS NOT NULL AS is_signed,
      p.published_at < c.signed_at - $2 * interval '1 ms' AS is_early,
      p.published_at < $2 * interval '-1 ms' +
        (SELECT published_at FROM log_publication b WHERE b.size < p.size ORDER BY b.size DESC LIMIT 1) AS is_before_smaller
    FROM log_publication p LEFT JOIN log_checkpoint c USING (size) WHERE p.size >= $1
  ) AS shown
  WHERE NOT is_signed OR is_early OR is_before_smaller ORDER BY size LIMIT $3`

/**
 * Checks what was shown from this size on: a signed checkpoint each, not before it was signed, and larger ones later. Whether it
 * had its quorum is not asked, because the policy may have been another one then; nor how many there were.
 */
export async function checkPublications(
  connection: Connection,
  from: number,
  complain: Complain,
): Promise<void> {
  const { rows } = await connection.query<WrongRow>(WRONG, [from, CLOCKS_DIFFER_MS, MAX_PROBLEMS])
  for (const row of rows) {
    const what = `what was shown at ${row.size} entries ${faultOf(row)}`
    complain({ where: 'log_publication', what })
  }
}

function faultOf({ is_signed, is_early }: WrongRow): string {
  if (!is_signed) return 'is no checkpoint that was signed'
  if (is_early === true) return 'was shown, it says, before it was signed'
  return 'was shown, it says, before the smaller one before it'
}
