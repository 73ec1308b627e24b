/**
 * How long questions take. Builds a log of 1 million entries (`--full`: 10 million) through the real way in, asks each kind of
 * question many times, and prints p50/p95/p99, the plan of the slowest, the same through plain Prisma, and bytes per entry.
 *
 *   npm run build && node bench/search.mjs [--entries 1000000] [--full] [--rounds 60] [--data DIR] [--brief]
 *
 * The database directory (default: hooktrail-bench-search in the temporary directory) is kept and used again: remove it when done.
 * `--full` makes ten copies of the million in the database, see bench/search/multiply.mjs for what of them is not real. Raw bodies
 * are left out: they are kept for a time only and are as large as what was sent. `--brief` leaves the plans out. A log of 100,000
 * is built beside it (DIR-small) to compare appends.
 */
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'

import { pino } from 'pino'

import { parseQuery } from '../dist/core/search/index.js'
import * as ledger from '../dist/ledger/index.js'
import { migrate, openDatabase } from '../dist/platform/index.js'
import { appendMany } from './search/append.mjs'
import { baseline } from './search/baseline.mjs'
import { compareAppends } from './search/compare-appends.mjs'
import { processorOf } from './search/cpu.mjs'
import { multiply } from './search/multiply.mjs'
import { explainSlowest, recorder } from './search/plans.mjs'
import { drawValues, KINDS } from './search/questions.mjs'
import { randomFrom } from './search/entries.mjs'
import { printSizes } from './search/sizes.mjs'

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    full: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '60' },
    brief: { type: 'boolean', default: false },
    data: { type: 'string', default: path.join(os.tmpdir(), 'hooktrail-bench-search') },
  },
})
const ROUNDS = Number(options.rounds)

function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

/** Milliseconds of the first page, p95, at 10 million entries on two cores of their own. */
const MARKS = { text: 100, 'facets with histogram': 100 }
const MARK_OF_FIELDS = 20
/** Questions of a kind that are not measured: a server that runs has compiled what it needs. */
const WARM_UP = 8

function report(name, times, mark) {
  const shown = [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1).padStart(8))
  const processor = [0.5, 0.95].map((share) =>
    percentile(times.processor ?? [], share)
      .toFixed(1)
      .padStart(6),
  )
  const p95 = percentile(times, 0.95)
  const own = percentile(times.processor ?? [], 0.95)
  const verdict = p95 <= mark ? 'ok' : own <= mark ? 'missed; on the processor ok' : 'missed'
  const judged = mark === undefined ? '' : `  mark ${mark}: ${verdict}`
  console.log(
    `${name.padEnd(34)} p50 ${shown[0]}  p95 ${shown[1]}  p99 ${shown[2]} ms  (on the processor p50 ${processor[0]}  p95 ${processor[1]})${judged}`,
  )
}

async function timed(times, work) {
  const before = processor?.()
  const start = performance.now()
  const result = await work()
  times.push(performance.now() - start)
  if (before !== undefined) (times.processor ??= []).push(processor() - before)
  return result
}

/** Milliseconds on the processor so far, once the connections are there. */
let processor

const log = pino({ level: 'warn' })
const database = await openDatabase({ dataDir: options.data, postgresUser: 'postgres' }, log, {
  role: 'app',
})
try {
  await migrate(database)
  const load = os.loadavg()[0].toFixed(1)
  console.log(`Node ${process.version}, ${os.cpus().length} cores, load of the machine ${load}`)
  const random = randomFrom(7)
  const missing = Number(options.entries) - (await ledger.logSize(database))
  if (missing > 0) {
    console.log(`${missing} entries through the appender:`)
    await appendMany(database, missing)
  }
  if (options.full && (await ledger.logSize(database)) < 5_000_000)
    await multiply(database.pool, 10)
  while ((await ledger.countBlocks(database)) > 0);
  await database.pool.query(
    'SELECT gin_clean_pending_list($1::regclass), gin_clean_pending_list($2::regclass)',
    ['log_entry_terms_idx', 'log_opening_words_idx'],
  )
  console.log(
    `\n${await ledger.logSize(database)} entries; first pages of 50, ${ROUNDS} questions a kind\n`,
  )

  const statements = recorder(database.pool)
  const values = await drawValues(database.pool, random, ROUNDS)
  for (const question of Object.values(KINDS)) {
    for (const [index, one] of values.slice(0, WARM_UP).entries())
      await firstPage(question(one, index))
  }
  processor = await processorOf(database.pool)
  for (const [kind, question] of Object.entries(KINDS)) {
    const times = []
    let slowest = { ms: 0 }
    for (const [index, one] of values.entries()) {
      const text = question(one, index)
      statements.clear()
      await timed(times, () => firstPage(text))
      if (times.at(-1) > slowest.ms)
        slowest = { ms: times.at(-1), text, statements: statements.take() }
    }
    report(kind, times, MARKS[kind] ?? MARK_OF_FIELDS)
    if (!options.brief) await explainSlowest(database.pool, slowest)
  }
  await askBeyondPages(values, statements)
  await baseline(database, values, { report, timed })
  await printSizes(database.pool)
  await compareAppends(database, `${options.data}-small`, { log, mark: 0.9 })
} finally {
  await database.close()
}

async function firstPage(text) {
  const query = parseQuery(text, { now: Date.now() })
  await ledger
    .searchEntries(database, query, { limit: 50 })
    .catch((error) => console.log(`    ${text}: ${error.message}`))
}

async function askBeyondPages(values, statements) {
  const times = { first: [], deep: [], facets: [], related: [] }
  for (const { repo } of values.slice(0, 5)) {
    const query = parseQuery(`repo:${repo}`, { now: Date.now() })
    let cursor
    for (let page = 0; page < 40; page += 1) {
      const found = await timed(page === 0 ? times.first : times.deep, () =>
        ledger.searchEntries(database, query, { limit: 50, cursor }),
      )
      cursor = found.next
      if (!cursor) break
    }
  }
  report('first page of a repository', times.first, MARK_OF_FIELDS)
  report('its pages 2 to 40', times.deep, MARK_OF_FIELDS)
  let slowest = { ms: 0 }
  const asked = [
    '',
    'is:failed',
    'outcome:failure actor_type:bot',
    'created:2026-02-01..2026-03-01',
  ]
  for (const [index, { repo, actor }] of values.slice(0, 24).entries()) {
    const text = [...asked, `repo:${repo}`, `actor:"${actor}"`][index % 6]
    const query = parseQuery(text, { now: Date.now() })
    statements.clear()
    await timed(times.facets, async () => {
      await ledger.countFacets(database, query, 10)
      await ledger.countOverTime(database, query, 'Europe/Berlin')
    })
    if (times.facets.at(-1) > slowest.ms)
      slowest = { ms: times.facets.at(-1), text, statements: statements.take() }
  }
  report('facets with histogram', times.facets, MARKS['facets with histogram'])
  if (!options.brief) await explainSlowest(database.pool, slowest)
  const size = await ledger.logSize(database)
  for (let n = 1; n <= 20; n += 1) {
    const entry = await ledger.entryByReference(database, String(Math.floor((size * n) / 21)))
    await timed(times.related, () => ledger.relatedEntries(database, entry))
  }
  report('related entries', times.related)
}
