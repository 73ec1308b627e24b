import { hash } from 'node:crypto'

import {
  appendLeaves,
  checkInclusion,
  EMPTY_FRONTIER,
  encodeFrontier,
  formatCheckpoint,
  formatNote,
  formatSignature,
  parseProofFile,
  rootHash,
} from '../../dist/core/merkle/index.js'
import { readProofFile } from '../../dist/ledger/index.js'
import { encodeRows } from '../../dist/ledger/row-array.js'
import { randomFrom } from '../search/entries.mjs'

const MARK = 5
const WARM_UP = 50
const CHUNK = 65_536
/** With what every row has they are as wide as rows of an organisation's log: 1,120 bytes, as `compareBatches` prints. */
const FILLER_BYTES = 950
const NODE = [
  ['level', 'int2'],
  ['index', 'int8'],
  ['hash', 'bytea'],
]

/**
 * The proof of random entries as `hooktrail show --proof` and the API read it, each from a tile that was not read before, beside
 * a SELECT of one entry by its key. Every proof is checked against the root.
 */
export async function measureProofs({ pool }, { entries, proofs }) {
  const random = randomFrom(11)
  const seqs = Array.from({ length: proofs + WARM_UP }, () => random.below(entries))
  const root = await fill(pool, entries, seqs)
  const times = { proof: [], select: [] }
  for (const [at, seq] of seqs.entries()) {
    const proof = await timed(() => readProofFile({ pool }, seq))
    requireProof(proof.result.file, { index: seq, size: entries, root })
    const other = random.below(entries)
    const select = await timed(() =>
      pool.query({
        name: 'one',
        text: 'SELECT leaf FROM log_entry WHERE seq = $1',
        values: [other],
      }),
    )
    if (select.result.rows.length !== 1) throw new Error(`there is no entry ${other}`)
    if (at < WARM_UP) continue
    times.proof.push(proof.ms)
    times.select.push(select.ms)
  }
  report(times, entries)
}

/** What a proof reads, and no more: leaf hashes in rows, nodes, a checkpoint that is shown. Returns the root. */
async function fill(pool, entries, seqs) {
  const began = performance.now()
  await keepOnlyTheKey(pool)
  // The server makes the rows while this process makes the tree.
  const rows = fillEntries(pool, entries, seqs)
  rows.catch(() => undefined)
  const frontier = await fillNodes(pool, entries)
  await rows
  const root = rootHash(frontier)
  await pool.query('UPDATE log_state SET size = $1, frontier = $2', [
    entries,
    encodeFrontier(frontier),
  ])
  await showCheckpoint(pool, entries, root)
  await pool.query('VACUUM ANALYZE log_entry, log_node')
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`\n${entries} entries made in ${seconds} s`)
  return root
}

/** Indexes that no proof reads, and the journal, would take an hour. */
async function keepOnlyTheKey(pool) {
  const { rows } = await pool.query(
    `SELECT indexname AS name FROM pg_indexes WHERE tablename = 'log_entry' AND indexname <> 'log_entry_pkey'`,
  )
  for (const { name } of rows) await pool.query(`DROP INDEX ${name}`)
  await pool.query('ALTER TABLE log_entry SET UNLOGGED')
}

/** Rows are as wide as real ones in the tiles that are read (and at the right edge, which each proof reads), narrow elsewhere. */
async function fillEntries(pool, entries, seqs) {
  const tiles = [...new Set([...seqs, entries - 1].map((seq) => Math.floor(seq / 256)))]
  await pool.query(
    `INSERT INTO log_entry (seq, id, leaf, leaf_hash, delivery, occurred_at, recorded_at, action, category, operation, outcome,
       severity, actor_type, source, event, flags, words)
     SELECT seq, '00000000-0000-0000-0000-000000000000', '', sha256(int8send(seq)), seq, 'epoch', 'epoch', '', '', '', '', 0, '', '',
       '', '{}', CASE WHEN seq >> 8 = ANY($2::bigint[]) THEN repeat('x', ${FILLER_BYTES}) ELSE '' END
     FROM generate_series(0, $1::bigint - 1) AS seq`,
    [entries, tiles],
  )
}

async function fillNodes(pool, entries) {
  let frontier = EMPTY_FRONTIER
  for (let from = 0; from < entries; from += CHUNK) {
    const hashes = Array.from({ length: Math.min(CHUNK, entries - from) }, (_, at) =>
      hashOf(from + at),
    )
    const grown = appendLeaves(frontier, hashes)
    frontier = grown.frontier
    await pool.query('INSERT INTO log_node SELECT * FROM unnest($1::new_node[])', [
      encodeRows(NODE, grown.nodes),
    ])
  }
  return frontier
}

/** Stands for a leaf's hash: the server makes the same in `fillEntries`. */
function hashOf(seq) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(seq))
  return hash('sha256', bytes, 'buffer')
}

/** Its signature is nobody's: whoever reads a proof file checks it, and the reading here does not. */
async function showCheckpoint(pool, size, root) {
  const text = formatCheckpoint({ origin: 'bench.example/log', size, root })
  const key = { name: 'bench.example/log', keyId: Buffer.alloc(4, 1) }
  const note = formatNote(text, [formatSignature(key, Buffer.alloc(64, 1))])
  await pool.query('INSERT INTO log_checkpoint VALUES ($1, $2, $3, now())', [size, root, note])
  await pool.query('INSERT INTO log_publication VALUES ($1, now())', [size])
}

function requireProof(file, { index, size, root }) {
  const proof = parseProofFile(file)
  const inclusion = { leafHash: hashOf(index), index, size, root }
  if (proof.index === index && checkInclusion(inclusion, proof.path)) return
  throw new Error(`the proof of entry ${index} does not prove it`)
}

async function timed(work) {
  const began = performance.now()
  const result = await work()
  return { result, ms: performance.now() - began }
}

function report({ proof, select }, entries) {
  console.log(`one entry of ${entries}, ${proof.length} random ones, ms: p50, p95, p99`)
  const ofProof = percentiles(proof)
  const verdicts = ofProof.map((ms) => `${ms.toFixed(2)} (${ms <= MARK ? 'ok' : 'missed'})`)
  const ofSelect = percentiles(select)
  console.log(`proof              ${verdicts.join(', ')}; mark: ≤ ${MARK}`)
  console.log(`SELECT by its key  ${shown(ofSelect)}`)
  console.log(`ratio of the medians ${(ofProof[0] / ofSelect[0]).toFixed(1)}`)
}

function shown(times) {
  return times.map((ms) => ms.toFixed(2)).join(', ')
}

function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b)
  return [0.5, 0.95, 0.99].map((share) => sorted[Math.floor((sorted.length - 1) * share)])
}
