/**
 * What the tree costs: (1) appends of 256 entries in one statement with the tree and without it, in turns, and (2) the proof of
 * one entry of a log of 10 million. Prints medians, ratios and whether the marks are held.
 *
 *   npm run build && node bench/append.mjs [--batches 120] [--body 0] [--entries 10000000] [--proofs 1000] [--data DIR]
 *
 * Everything is made in a database of its own in a new folder inside of DIR (default: the temporary directory; 10 million take
 * 3 GB), which is removed. --batches 0 or --entries 0 leaves a part out. CPU times of appends are printed beside, on Linux: other
 * programs on the machine change these less.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'

import { pino } from 'pino'

import { migrate, openDatabase } from '../dist/platform/index.js'
import { compareBatches } from './append/batches.mjs'
import { measureProofs } from './append/proofs.mjs'

const { values: options } = parseArgs({
  options: {
    batches: { type: 'string', default: '120' },
    body: { type: 'string', default: '0' },
    entries: { type: 'string', default: '10000000' },
    proofs: { type: 'string', default: '1000' },
    data: { type: 'string', default: os.tmpdir() },
  },
})

function numberOf(name) {
  const number = Number(options[name])
  if (Number.isSafeInteger(number) && number >= 0) return number
  console.error(`--${name} is ${options[name]}, and should be a whole number from 0 on`)
  process.exit(2)
}

const [batches, body, entries, proofs] = ['batches', 'body', 'entries', 'proofs'].map(numberOf)
const log = pino({ level: 'silent' })

sayLoad()
if (batches > 0) await inDatabase((database) => compareBatches(database, { batches, body }))
if (entries > 0) await inDatabase((database) => measureProofs(database, { entries, proofs }))
sayLoad()
process.exit(0)

/** A database of its own, removed whatever happens. */
async function inDatabase(work) {
  const dataDir = mkdtempSync(path.join(options.data, 'hooktrail-bench-append-'))
  // The user that PostgreSQL runs as must be able to enter it.
  chmodSync(dataDir, 0o755)
  const database = await openDatabase({ dataDir, postgresUser: 'postgres' }, log, { role: 'cli' })
  const stop = () => void close().finally(() => process.exit(130))
  let closing
  const close = () =>
    (closing ??= database.close().finally(() => {
      rmSync(dataDir, { recursive: true })
    }))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    await migrate(database)
    await work(database)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await close()
  }
}

function sayLoad() {
  const load = os.loadavg().map((one) => one.toFixed(1))
  console.log(`${os.availableParallelism()} cores, load average ${load.join(', ')}`)
}
