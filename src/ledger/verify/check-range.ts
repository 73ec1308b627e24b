import type { Client } from 'pg'

import { HASH_BYTES } from '../../core/merkle/index.js'
import { checkColumns, COLUMNS_AS_TEXT } from './check-columns.js'
import { checkDeliveries, type BroughtEntry } from './check-deliveries.js'
import { checkGone } from './check-gone.js'
import { checkNodes } from './check-nodes.js'
import { checkOpenings } from './check-openings.js'
import { checkTree } from './check-tree.js'
import type { Range, RangeResult } from './range.js'
import { MAX_PROBLEMS, NOTHING_CHECKED, type Complain, type VerifyProblem } from './report.js'

type Connection = Pick<Client, 'query'>

/** Checks one range by itself. It believes nothing that it did not compute from the leaves. */
export async function checkRange(client: Connection, range: Range): Promise<RangeResult> {
  const problems: VerifyProblem[] = []
  const complain: Complain = (problem) => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
  }
  if (range.level === 'tree') {
    const tree = await checkTree(client, range, complain)
    const nodes = await checkTiles(client, range, tree.tiles, complain)
    const checked = { ...NOTHING_CHECKED, entries: tree.entries, nodes }
    return { ...tree, checked, problems, deliveries: undefined }
  }
  return { ...(await checkEverything(client, range, complain)), problems }
}

async function checkEverything(
  client: Connection,
  range: Range,
  complain: Complain,
): Promise<Omit<RangeResult, 'problems'>> {
  const entries = new Map<number, BroughtEntry>()
  const tree = await checkTree(client, range, complain, {
    columns: COLUMNS_AS_TEXT,
    onLeaf: (seq, bytes, columns) => {
      const leaf = checkColumns(seq, bytes, columns, complain)
      entries.set(seq, { leaf, delivery: Number(columns[0]?.toString('binary')) })
    },
  })
  const { count: openings, opened } = await checkOpenings(client, range, entries, complain)
  const { deliveries, bodies, span, withoutBody } = await checkDeliveries(
    client,
    range,
    entries,
    complain,
  )
  await checkGone(client, range, { entries, opened, withoutBody }, complain)
  const nodes = await checkTiles(client, range, tree.tiles, complain)
  const checked = { entries: tree.entries, openings, nodes, deliveries, bodies }
  return { ...tree, checked, deliveries: span }
}

function checkTiles(
  client: Connection,
  { from }: Range,
  tiles: Buffer,
  complain: Complain,
): Promise<number> {
  const expected = Array.from({ length: tiles.length / HASH_BYTES }, (_, index) => ({
    level: 1,
    index: from / 256 + index,
    hash: tiles.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  }))
  return checkNodes(client, 1, expected, complain)
}
