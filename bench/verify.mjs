/**
 * How fast a log is verified: entries a second with all cores, for each level, and the ratio to what hashing alone costs: the
 * same bytes as the level hashes, from memory, on one core, times the cores. These are each leaf and each node of the tree, and
 * for `everything` the commitments of openings and the raw body too.
 *
 *   npm run build && node bench/verify.mjs [--entries 200000] [--body 4000] [--rounds 3]
 *
 * The log is made in a database of its own, which is removed. Threads and PostgreSQL share the machine's cores.
 */
import { hash } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'

import pino from 'pino'

import { personal } from '../dist/core/domain/index.js'
import { Appender, verifyLog } from '../dist/ledger/index.js'
import { migrate, openDatabase } from '../dist/platform/index.js'

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '200000' },
    body: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
  },
})
const ENTRIES = Number(options.entries)
const BODY = Number(options.body)
const ROUNDS = Number(options.rounds)
const CORES = availableParallelism()

/** A finished run, as most entries are: three people, a title, some links. */
function draftOf(index) {
  const sha = hash('sha1', String(Math.floor(index / 4)))
  const who = {
    type: 'user',
    id: index % 500,
    login: `person-${index % 500}`,
    display: `Person ${index % 500}`,
  }
  return {
    occurred_at: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    action: 'workflow_run.completed',
    outcome: index % 9 === 0 ? 'failure' : 'success',
    actor: who,
    triggering_actor: who,
    attribution: { confidence: 'verified', method: 'workflow_run.triggering_actor' },
    targets: [{ type: 'workflow_run', id: index, name: 'Build and test' }],
    account: { host: 'github.com', id: 7, name: 'acme' },
    repo: { host: 'github.com', id: index % 90, name: `acme/repository-${index % 90}` },
    ci: {
      workflow: 'Build and test',
      workflow_path: '.github/workflows/ci.yml',
      run_id: 1_000_000 + index,
      run_number: index,
      run_attempt: 1,
      event: 'push',
      ref: 'refs/heads/main',
      head_sha: sha,
      title: personal(`Mend what broke in step ${index}`, who),
    },
    links: [
      { rel: 'run', url: `https://github.com/acme/repository-${index % 90}/actions/runs/${index}` },
    ],
    correlation_id: `run:${index}`,
  }
}

async function fill(database) {
  const appender = new Appender(database, () => Date.UTC(2026, 10, 1))
  const filler = 'x'.repeat(BODY)
  for (let from = 0; from < ENTRIES; from += 2048) {
    const batch = Array.from({ length: Math.min(2048, ENTRIES - from) }, (_, at) => {
      const body = BODY === 0 ? Buffer.of() : Buffer.from(JSON.stringify({ n: from + at, filler }))
      const delivery = {
        host: 'github.com',
        guid: `bench-${from + at}`,
        event: 'workflow_run',
        kind: 'webhook',
        payload: {},
        body,
        headers: {},
        receivedAt: Date.UTC(2026, 10, 1),
      }
      return appender.append({ delivery, drafts: [draftOf(from + at)] })
    })
    await Promise.all(batch)
  }
}

/** What is hashed of an entry, on average: how often, and how many bytes each time. */
async function readHashed(pool) {
  // Of a leaf it is the whole, unpacked: its length stands in the second and third byte of what is stored.
  const { rows } = await pool.query(
    `SELECT avg(octet_length(leaf))::int AS packed,
       avg(CASE WHEN get_byte(leaf, 0) = 1 THEN get_byte(leaf, 1) * 256 + get_byte(leaf, 2) ELSE octet_length(leaf) END)::int AS leaf,
       (SELECT avg(body_bytes)::int FROM delivery) AS body
     FROM log_entry`,
  )
  // A commitment is over [salt, pointer, value]; these stand in a list, between brackets and commas.
  const { rows: sealed } = await pool.query(
    `SELECT sum(many)::float / ${ENTRIES} AS times, (sum(bytes - 1 - many) / sum(many))::int AS bytes
     FROM log_opening, LATERAL (SELECT octet_length(openings) AS bytes,
       json_array_length(convert_from(openings, 'UTF8')::json) AS many) AS texts`,
  )
  const { packed, leaf, body } = rows[0]
  const tree = { leaf: { times: 1, bytes: leaf + 1 }, node: { times: 1, bytes: 65 } }
  return {
    packed,
    leaf,
    tree,
    rest: { openings: sealed[0], 'raw body': { times: 1, bytes: body } },
  }
}

/** Microseconds of one core that does nothing but hash what is in memory, so often and so many bytes. */
function hashingAlone({ times, bytes }) {
  if (bytes === 0) return 0
  const data = Buffer.alloc(bytes, 7)
  const count = 200_000
  const began = performance.now()
  for (let index = 0; index < count; index += 1) {
    // What comes out goes in again, so that no hash can be left out.
    data.write(hash('sha256', data, 'binary'), 0, 'binary')
  }
  return ((performance.now() - began) / count) * 1000 * times
}

/** Entries a second of one core, with the time of each part printed. */
function hashingOf(level, hashed) {
  const parts = Object.entries(hashed).map(([name, part]) => ({
    name,
    ...part,
    us: hashingAlone(part),
  }))
  const sum = parts.reduce((all, { us }) => all + us, 0)
  const alone = 1e6 / sum
  const list = parts.map(
    ({ name, times, bytes, us }) =>
      `${name} ${us.toFixed(2)} (${times.toFixed(1)} of ${bytes} bytes)`,
  )
  console.log(
    `${level}: hashing alone ${Math.round(alone)} entries/s on one core, ${Math.round(alone * CORES)} on ${CORES}; µs an entry: ${list.join(', ')}`,
  )
  return alone
}

async function rate(database, level, threads) {
  const began = performance.now()
  const { problems, size } = await verifyLog(database, { level, threads })
  if (problems.length > 0) throw new Error(`the log is not whole: ${problems[0].what}`)
  return (size / (performance.now() - began)) * 1000
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'hooktrail-bench-verify-'))
// The user that PostgreSQL runs as must be able to enter it.
chmodSync(dataDir, 0o755)
const database = await openDatabase(
  { dataDir, postgresUser: 'postgres' },
  pino({ level: 'silent' }),
  { role: 'cli' },
)
try {
  await migrate(database)
  const began = performance.now()
  await fill(database)
  console.log(`${ENTRIES} entries made in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  await database.pool.query('VACUUM ANALYZE')
  const { packed, leaf, tree, rest } = await readHashed(database.pool)
  console.log(`leaf ${leaf} bytes (${packed} packed), raw body ${BODY} bytes; ${CORES} cores`)
  const hashed = { tree, everything: { ...tree, ...rest } }
  for (const level of ['tree', 'everything']) {
    const alone = hashingOf(level, hashed[level])
    for (const threads of [0, CORES]) {
      const rates = []
      for (let round = 0; round < ROUNDS; round += 1)
        rates.push(await rate(database, level, threads))
      const best = Math.max(...rates)
      const all = rates.map((one) => Math.round(one)).join(', ')
      const label = `${level}, ${threads === 0 ? 'one thread' : `${threads} threads`}`
      console.log(
        `${label.padEnd(24)} ${Math.round(best)} entries/s (${all}), ${((1e6 / best) * Math.max(1, threads)).toFixed(1)} µs an entry and thread, ${(best / alone / Math.max(1, threads)).toFixed(2)} of hashing alone`,
      )
    }
  }
} finally {
  await database.close()
  rmSync(dataDir, { recursive: true })
}
process.exit(0)
