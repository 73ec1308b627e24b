import process from 'node:process'

import { EMPTY_FRONTIER, leafHash } from '../../dist/core/merkle/index.js'
import { buildBatch } from '../../dist/ledger/build-batch.js'
import { layOutRows } from '../../dist/ledger/lay-out-rows.js'
import { callLogAppend } from '../../dist/ledger/log-connection.js'
import { unpackLeaf } from '../../dist/ledger/pack-leaf.js'
import { sealDelivery } from '../../dist/ledger/seal-delivery.js'
import { SubjectDirectory } from '../../dist/ledger/subjects.js'
import { onProcessor } from '../search/cpu.mjs'
import { makeWorld, randomFrom, stories } from '../search/entries.mjs'
import { callWithoutTree, makeTablesWithoutTree } from './without-tree.mjs'

const BATCH = 256
const WARM_UP = 16
const MARK = 1.3

/**
 * Appends the same batches to the log and to tables without a tree, in turns; who begins changes with each batch. Sealing is in
 * neither time: it is the same for both, and would hide what the tree costs.
 */
export async function compareBatches(database, { batches, body }) {
  await makeTablesWithoutTree(database.pool)
  const client = await database.pool.connect()
  try {
    const {
      rows: [{ pid }],
    } = await client.query('SELECT pg_backend_pid() AS pid')
    const ways = { tree: withTree(client), plain: withoutTree(client) }
    const times = { tree: [], plain: [] }
    let round = 0
    for await (const batch of prepare(database, { batches: batches + WARM_UP, body })) {
      const names = round % 2 === 0 ? ['tree', 'plain'] : ['plain', 'tree']
      for (const name of names) {
        const time = await measure(pid, () => ways[name](batch))
        if (round >= WARM_UP) times[name].push(time)
      }
      round += 1
    }
    report(times, body)
    const { rows } = await client.query(
      'SELECT avg(pg_column_size(e))::int AS bytes FROM log_entry e',
    )
    console.log(`a row of log_entry has ${rows[0].bytes} bytes`)
  } finally {
    client.release()
  }
}

/** Batches of 256 deliveries with an entry each, sealed but for the hash of the leaf. */
async function* prepare(database, { batches, body: bytes }) {
  const subjects = new SubjectDirectory(database)
  const count = batches * BATCH
  let batch = []
  let made = 0
  for (const drafts of stories(randomFrom(7), makeWorld(randomFrom(42)), count)) {
    for (const draft of drafts) {
      made += 1
      const now = Date.parse(draft.occurred_at) + 800
      const body = bytes === 0 ? Buffer.of() : bodyOf(made, bytes)
      const delivery = {
        ...{ host: 'github.com', guid: `bench-${made}`, event: draft.action.split('.')[0] },
        ...{ kind: 'webhook', payload: {}, body, headers: {}, receivedAt: now },
      }
      await subjects.learn(delivery.host, [draft], new Date(now))
      batch.push(readyToHash(sealDelivery({ delivery, drafts: [draft] }, subjects, now)))
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
    if (made >= count) return
  }
}

function bodyOf(number, bytes) {
  return Buffer.from(JSON.stringify({ number, filler: 'x'.repeat(bytes) }))
}

function readyToHash(sealed) {
  const leaves = sealed.leaves.map((leaf) => ({ ...leaf, hash: undefined }))
  return { sealed: { ...sealed, leaves }, unpacked: leaves.map(({ bytes }) => unpackLeaf(bytes)) }
}

/** As the product does it: hashes of the leaves, nodes, right edge, log_append. */
function withTree(client) {
  let frontier = EMPTY_FRONTIER
  return async (prepared) => {
    const deliveries = prepared.map(({ sealed, unpacked }) => ({
      ...sealed,
      leaves: sealed.leaves.map((leaf, at) => ({ ...leaf, hash: leafHash(unpacked[at]) })),
    }))
    const batch = buildBatch(deliveries, frontier)
    await callLogAppend(client, batch)
    frontier = batch.frontier
  }
}

/** The same rows in one statement: nothing is hashed, and neither node, right edge nor hash of a leaf is written. */
function withoutTree(client) {
  let size = 0
  return async (prepared) => {
    const deliveries = prepared.map(({ sealed }) => sealed)
    await callWithoutTree(client, layOutRows(deliveries, size).encoded)
    size += prepared.length
  }
}

/** Milliseconds: by the clock, of this process, and of the server's process for this connection. */
async function measure(pid, work) {
  const began = { at: performance.now(), node: process.cpuUsage(), server: onProcessor(pid) }
  await work()
  const clock = performance.now() - began.at
  const { user, system } = process.cpuUsage(began.node)
  return { clock, node: (user + system) / 1e3, server: onProcessor(pid) - began.server }
}

function report({ tree, plain }, body) {
  const raw = body === 0 ? 'no raw body' : `raw bodies of ${body} bytes`
  console.log(
    `\nappend, ${tree.length} batches of ${BATCH} entries, ${raw}; median of a batch, CPU on average`,
  )
  for (const [name, times] of Object.entries({ 'with the tree': tree, 'without it': plain })) {
    const clock = middleOf(times, 'clock')
    // The system counts in steps of some milliseconds: a median would be one of these.
    const [node, server] = ['node', 'server'].map((what) => meanOf(times, what))
    const perEntry = (ms) => `${((ms / BATCH) * 1000).toFixed(1).padStart(6)} µs an entry`
    console.log(
      `${name.padEnd(14)} ${clock.toFixed(1).padStart(6)} ms; ${perEntry(clock)}; CPU: Node ${perEntry(node)}, PostgreSQL ${perEntry(server)}`,
    )
  }
  const ratio = middleOf(tree, 'clock') / middleOf(plain, 'clock')
  const processor = sumOf(tree) / sumOf(plain)
  console.log(
    `ratio ${ratio.toFixed(2)} by the clock (mark: ≤ ${MARK}, ${ratio <= MARK ? 'ok' : 'missed'}), ${processor.toFixed(2)} of CPU over all batches`,
  )
}

function middleOf(times, what) {
  const sorted = times.map((time) => time[what]).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function meanOf(times, what) {
  return times.reduce((sum, time) => sum + time[what], 0) / times.length
}

function sumOf(times) {
  return times.reduce((sum, { node, server }) => sum + node + server, 0)
}
