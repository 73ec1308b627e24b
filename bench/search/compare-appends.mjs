import { logSize } from '../../dist/ledger/index.js'
import { migrate, openDatabase } from '../../dist/platform/index.js'
import { appendMany } from './append.mjs'

const SMALL = 100_000
const BATCH = 4096
const ROUNDS = 8

/** Appends to the large log and to one of 100,000, in turns, so that whatever else the machine does slows both. */
export async function compareAppends(large, dataDir, { log, mark }) {
  const small = await openDatabase({ dataDir, postgresUser: 'postgres' }, log, { role: 'app' })
  try {
    await migrate(small)
    await appendMany(small, SMALL - (await logSize(small)), { isQuiet: true })
    const rates = { small: [], large: [] }
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, database] of Object.entries({ small, large })) {
        const rate = await appendMany(database, BATCH, { isQuiet: true })
        // The first time, everything is read into memory.
        if (round > 0) rates[name].push(rate)
      }
    }
    const [ofSmall, ofLarge] = [middle(rates.small), middle(rates.large)]
    const ratio = ofLarge / ofSmall
    console.log(
      `\nappends: ${ofLarge.toFixed(0)} entries/s to ${await logSize(large)}, ${ofSmall.toFixed(0)} to ${SMALL}: ` +
        `ratio ${ratio.toFixed(2)} (mark: ≥ ${mark}, ${ratio >= mark ? 'ok' : 'missed'})`,
    )
  } finally {
    await small.close()
  }
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
