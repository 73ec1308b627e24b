import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'

import type { Json, JsonObject } from '../core/domain/index.js'
import { canonicalJson, commitment } from '../core/domain/index.js'
import {
  appendLeaves,
  decodeFrontier,
  EMPTY_FRONTIER,
  encodeFrontier,
  leafHash,
  rootHash,
  type TileNode,
} from '../core/merkle/index.js'
import type { Database } from '../platform/index.js'
import { parseLeafJson } from './fit-leaf.js'
import { leafColumns } from './leaf-columns.js'
import { parseOpenings } from './openings.js'
import { unpackLeaf } from './pack-leaf.js'
import { valueAt } from './pointer.js'
import * as rows from './verify-rows.js'

/** One thing that does not hold. */
export interface VerifyProblem {
  /** The entry, where one is to blame. */
  readonly seq?: number
  readonly where:
    'log_entry' | 'log_opening' | 'log_node' | 'log_state' | 'delivery' | 'delivery_body'
  readonly what: string
}

export interface VerifyReport {
  /** Entries in the log, and the root hash over them in hex: what an outsider pins. */
  readonly size: number
  readonly root: string
  /** How many of each were checked. */
  readonly checked: {
    readonly entries: number
    readonly openings: number
    readonly nodes: number
    readonly deliveries: number
    readonly bodies: number
  }
  /** Empty if the log is whole. At most `MAX_PROBLEMS`. */
  readonly problems: readonly VerifyProblem[]
}

export interface VerifyOptions {
  readonly onProgress?: (done: number, total: number) => void
}

/** Problems after which counting stops being of use. */
export const MAX_PROBLEMS = 1000

const CHUNK = 2000

/**
 * Recomputes the whole log from its leaves: leaf hashes, tree, searchable columns, commitments, deliveries and
 * raw bodies. It believes nothing that it did not compute. Entries that are appended meanwhile are left for
 * the next time.
 */
export async function verifyLog(
  database: Database,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const state = await rows.readState(database)
  const verifier = new Verifier(state.size)
  for (let from = 0; from < state.size; from += CHUNK) {
    const to = Math.min(from + CHUNK, state.size)
    verifier.checkEntries(from, to, await rows.readEntries(database, from, to))
    verifier.checkOpenings(await rows.readOpenings(database, from, to))
    verifier.checkDeliveries(from, await rows.readDeliveries(database, from, to))
    options.onProgress?.(to, state.size)
  }
  verifier.checkNodes(await rows.readNodes(database))
  verifier.checkState(state.frontier)
  return verifier.report()
}

class Verifier {
  readonly #size: number
  readonly #problems: VerifyProblem[] = []
  readonly #checked = { entries: 0, openings: 0, nodes: 0, deliveries: 0, bodies: 0 }
  readonly #nodes: TileNode[] = []
  #frontier = EMPTY_FRONTIER
  #nextDelivery = 0
  /** Leaves of the chunk under way, for what refers to them. */
  #leaves = new Map<number, JsonObject>()

  constructor(size: number) {
    this.#size = size
  }

  checkEntries(from: number, to: number, entries: readonly rows.EntryRow[]): void {
    const bySeq = new Map(entries.map((row) => [Number(row.seq), row]))
    this.#leaves = new Map()
    const hashes: Uint8Array[] = []
    for (let seq = from; seq < to; seq += 1) {
      const row = bySeq.get(seq)
      if (row) hashes.push(this.#checkEntry(seq, row))
      else this.#problem({ seq, where: 'log_entry', what: 'the entry is missing' })
    }
    const { frontier, nodes } = appendLeaves(this.#frontier, hashes)
    this.#frontier = frontier
    this.#nodes.push(...nodes)
  }

  #checkEntry(seq: number, row: rows.EntryRow): Uint8Array {
    this.#checked.entries += 1
    const bytes = readableLeaf(row.leaf)
    const hash = leafHash(bytes)
    if (!sameBytes(hash, row.leaf_hash)) {
      this.#problem({
        seq,
        where: 'log_entry',
        what: 'the leaf does not have the leaf hash beside it',
      })
    }
    const leaf = this.#parse(seq, bytes)
    if (!leaf) return hash
    this.#leaves.set(seq, leaf)
    const stored = rows.columnsOf(row)
    for (const [column, value] of Object.entries(leafColumns(leaf))) {
      if (canonicalJson(stored[column] ?? null) === canonicalJson(value as Json)) continue
      this.#problem({ seq, where: 'log_entry', what: `column ${column} differs from the leaf` })
    }
    return hash
  }

  #parse(seq: number, bytes: Uint8Array): JsonObject | undefined {
    try {
      const leaf = parseLeafJson(bytes)
      if (Buffer.compare(Buffer.from(canonicalJson(leaf)), bytes) === 0) return leaf
      this.#problem({ seq, where: 'log_entry', what: 'the leaf is not in canonical form' })
    } catch {
      this.#problem({ seq, where: 'log_entry', what: 'the leaf is not a JSON object' })
    }
    return undefined
  }

  checkOpenings(openings: readonly rows.OpeningRow[]): void {
    for (const row of openings) {
      const seq = Number(row.seq)
      const parsed = parseOpenings(row.openings)
      if (!parsed)
        this.#problem({ seq, where: 'log_opening', what: 'the openings are not readable' })
      for (const { pointer, salt, value } of parsed ?? []) {
        this.#checked.openings += 1
        const leaf = this.#leaves.get(seq)
        const sealed = leaf && valueAt(leaf, pointer)
        const expected = { $sealed: commitment(salt, pointer, value) }
        if (canonicalJson(sealed ?? null) === canonicalJson(expected)) continue
        this.#problem({
          seq,
          where: 'log_opening',
          what: `the text at ${pointer} does not open the leaf`,
        })
      }
    }
  }

  /** Deliveries lie end to end: each entry was brought by exactly one. */
  checkDeliveries(from: number, deliveries: readonly rows.DeliveryRow[]): void {
    for (const row of deliveries) {
      const firstSeq = Number(row.first_seq)
      // It began in the chunk before and was checked there.
      if (firstSeq < from) continue
      this.#checked.deliveries += 1
      if (firstSeq !== this.#nextDelivery) {
        const what = `entries ${String(this.#nextDelivery)} and ${String(firstSeq)} are not brought by one delivery each`
        this.#problem({ seq: Math.min(firstSeq, this.#nextDelivery), where: 'delivery', what })
      }
      this.#nextDelivery = firstSeq + row.entries
      this.#checkDelivery(firstSeq, row)
    }
  }

  #checkDelivery(seq: number, row: rows.DeliveryRow): void {
    const source = this.#leaves.get(seq)?.['source'] as JsonObject | undefined
    if (!source) return
    const digest = row.body_sha256 && `sha256:${Buffer.from(row.body_sha256).toString('hex')}`
    if (source['delivery_id'] !== row.guid || (source['raw_digest'] ?? null) !== digest) {
      this.#problem({
        seq,
        where: 'delivery',
        what: 'GUID or digest of the body differ from the leaf',
      })
    }
    if (row.body) this.#checkBody(seq, row.body, row.body_sha256)
  }

  #checkBody(seq: number, deflated: Uint8Array, expected: Uint8Array | null): void {
    this.#checked.bodies += 1
    try {
      const digest = createHash('sha256').update(inflateRawSync(deflated)).digest()
      if (expected && sameBytes(digest, expected)) return
    } catch {
      // Not even deflate any more: the same finding.
    }
    this.#problem({
      seq,
      where: 'delivery_body',
      what: 'the raw body does not have the digest in the leaf',
    })
  }

  checkNodes(stored: readonly rows.NodeRow[]): void {
    const byPlace = new Map(
      stored.map((row) => [`${String(row.level)}/${String(row.index)}`, row.hash]),
    )
    for (const { level, index, hash } of this.#nodes) {
      const place = `${String(level)}/${String(index)}`
      const found = byPlace.get(place)
      byPlace.delete(place)
      this.#checked.nodes += 1
      if (found && sameBytes(found, hash)) continue
      this.#problem({
        where: 'log_node',
        what: `tile hash ${place} is ${found ? 'wrong' : 'missing'}`,
      })
    }
    const full = (place: string): boolean => {
      const [level = 0, index = 0] = place.split('/').map(Number)
      return (index + 1) * 256 ** level <= this.#size
    }
    for (const place of byPlace.keys()) {
      if (full(place))
        this.#problem({ where: 'log_node', what: `tile hash ${place} belongs to no tile` })
    }
  }

  checkState(stored: Uint8Array): void {
    if (this.#nextDelivery < this.#size) {
      this.#problem({
        seq: this.#nextDelivery,
        where: 'delivery',
        what: 'no delivery brought this entry',
      })
    }
    if (sameBytes(stored, encodeFrontier(this.#frontier))) return
    this.#problem({
      where: 'log_state',
      what: 'the right edge of the tree differs from what the leaves give',
    })
  }

  report(): VerifyReport {
    const root = Buffer.from(rootHash(this.#frontier)).toString('hex')
    return { size: this.#size, root, checked: this.#checked, problems: this.#problems }
  }

  #problem(problem: VerifyProblem): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem)
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

/** Reads the size and the root as they stand now, without checking them: for `proof` sections, not for verifying. */
export async function currentRoot(database: Database): Promise<{ size: number; root: string }> {
  const { size, frontier } = await rows.readState(database)
  return { size, root: Buffer.from(rootHash(decodeFrontier(size, frontier))).toString('hex') }
}

/** The bytes that were hashed; of a leaf that cannot be unpacked those that are stored, which have another hash. */
function readableLeaf(stored: Uint8Array): Uint8Array {
  try {
    return unpackLeaf(stored)
  } catch {
    return stored
  }
}
