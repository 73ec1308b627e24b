import type { Client } from 'pg'

import type { JsonObject } from '../../core/domain/index.js'
import { HASH_BYTES } from '../../core/merkle/index.js'
import { checkCheckpoints, type SignedRoot } from './check-checkpoints.js'
import { checkColumns, COLUMNS } from './check-columns.js'
import { checkCosignatures } from './check-cosignatures.js'
import { checkDeliveries, type BroughtEntry } from './check-deliveries.js'
import { checkGone } from './check-gone.js'
import { checkNodes } from './check-nodes.js'
import { checkOpenings } from './check-openings.js'
import { checkTree } from './check-tree.js'
import type { Range, RangeResult } from './range.js'
import { readLeaf } from './read-leaf.js'
import {
  MAX_PROBLEMS,
  NOTHING_CHECKED,
  type Checked,
  type Complain,
  type VerifyProblem,
} from './report.js'

type Connection = Pick<Client, 'query'>

/** Checks one range by itself. It believes nothing that it did not compute from the leaves. */
export async function checkRange(client: Connection, range: Range): Promise<RangeResult> {
  const problems: VerifyProblem[] = []
  const complain: Complain = (problem) => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
  }
  const { signed, counts } = await checkSigned(client, range, complain)
  const asked = { ...range, sizes: union(range.sizes, signed) }
  const check = range.level === 'tree' ? checkTreeOnly : checkEverything
  const found = await check(client, asked, complain)
  return {
    ...found,
    checked: { ...found.checked, ...counts },
    sizes: asked.sizes,
    signed,
    problems,
  }
}

/** The checkpoints of a range, and what witnesses say of them. */
export async function checkSigned(
  client: Connection,
  { from, to, signers }: Pick<Range, 'from' | 'to' | 'signers'>,
  complain: Complain,
): Promise<{
  readonly signed: readonly SignedRoot[]
  readonly counts: Pick<Checked, 'checkpoints' | 'cosignatures' | 'unknownWitnesses'>
}> {
  const sizes = { after: from, upTo: to }
  const signed = await checkCheckpoints(client, sizes, signers.keys, complain)
  const cosigned = await checkCosignatures(client, sizes, signers.witnesses, complain)
  return { signed, counts: { checkpoints: signed.length, ...cosigned } }
}

function union(sizes: readonly number[], signed: readonly SignedRoot[]): number[] {
  const all = new Set([...sizes, ...signed.map(({ size }) => size)])
  return [...all].sort((one, other) => one - other)
}

/** What a range gives, but for what was signed and what was found. */
type Found = Omit<RangeResult, 'problems' | 'sizes' | 'signed'>

async function checkTreeOnly(client: Connection, range: Range, complain: Complain): Promise<Found> {
  const tree = await checkTree(client, range, complain)
  const nodes = await checkTiles(client, range, tree.tiles, complain)
  const checked = { ...NOTHING_CHECKED, entries: tree.entries, nodes }
  return { ...tree, checked, deliveries: undefined }
}

async function checkEverything(
  client: Connection,
  range: Range,
  complain: Complain,
): Promise<Found> {
  const entries = new Map<number, BroughtEntry>()
  const tree = await checkTree(client, range, complain, {
    columns: ['delivery', ...COLUMNS],
    onLeaf: (seq, leaf, bytes, at) => {
      entries.set(seq, checkEntry(seq, leaf, { bytes, at }, complain))
    },
  })
  const openings = await checkOpenings(client, range, entries, complain)
  const { deliveries, bodies, span, withoutBody } = await checkDeliveries(
    client,
    range,
    entries,
    complain,
  )
  await checkGone(client, range, { entries, withoutBody }, complain)
  const nodes = await checkTiles(client, range, tree.tiles, complain)
  const checked = { ...NOTHING_CHECKED, entries: tree.entries, openings, nodes, deliveries, bodies }
  return { ...tree, checked, deliveries: span }
}

/** Reads a leaf and compares the columns beside it. What is kept of it is little: a range has thousands. */
function checkEntry(
  seq: number,
  bytes: Uint8Array,
  stored: { readonly bytes: Buffer; readonly at: number },
  complain: Complain,
): BroughtEntry {
  // After the column `delivery`: its length in 32 bits and 8 bytes, as it cannot be NULL.
  const delivery = Number(stored.bytes.readBigInt64BE(stored.at + 4))
  const read = readLeaf(bytes)
  if (typeof read === 'string') {
    complain({ seq, where: 'log_entry', what: read })
    return { delivery, source: undefined, sealed: undefined }
  }
  const { leaf, sealed } = read
  checkColumns({ seq, leaf }, stored.bytes, stored.at + 12, complain)
  return { delivery, source: leaf['source'] as JsonObject | undefined, sealed }
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
