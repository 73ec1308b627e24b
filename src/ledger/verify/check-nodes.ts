import type { Client } from 'pg'

import type { Complain } from './report.js'

/** A tile hash that the leaves give. */
export interface ExpectedNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

interface NodeRow {
  readonly index: string
  readonly hash: Buffer
}

/** Compares tile hashes of one level, which lie side by side, with those that are stored. Returns how many. */
export async function checkNodes(
  client: Pick<Client, 'query'>,
  level: number,
  expected: readonly ExpectedNode[],
  complain: Complain,
): Promise<number> {
  const from = expected[0]?.index ?? 0
  const { rows } = await client.query<NodeRow>(
    'SELECT index, hash FROM log_node WHERE level = $1 AND index >= $2 AND index < $3',
    [level, from, from + expected.length],
  )
  const stored = new Map(rows.map(({ index, hash }) => [Number(index), hash]))
  for (const { index, hash } of expected) {
    const found = stored.get(index)
    if (found && Buffer.compare(found, hash) === 0) continue
    const what = `tile hash ${String(level)}/${String(index)} is ${found ? 'wrong' : 'missing'}`
    complain({ where: 'log_node', what })
  }
  return expected.length
}
