import {
  examineWitnesses,
  SigningError,
  type ExaminedWitness,
  type ExaminedWitnesses,
} from '../../ledger/index.js'
import { MerkleError } from '../../core/merkle/index.js'
import type { Config, Database } from '../../platform/index.js'
import { messageOf, resultsOf, type CheckResult } from './check.js'

const { ok, warn, fail, skipped } = resultsOf('witnesses')

/** The server asks each second, and leaves one that failed alone for half a minute. */
const PATIENCE_MS = 60_000
const PAGE = 'docs/operations.md, “Witnesses”, says what each answer means.'

/** Whether the witnesses of the settings answer and cosign, and whether there are enough of them; nothing where none is named. */
export async function checkWitnesses(
  database: Database,
  config: Config,
  now: number,
): Promise<CheckResult[]> {
  try {
    const examined = await examineWitnesses(database, config.log, now)
    if (!examined) return []
    return [
      ...examined.witnesses.map((one) => judgeWitness(one, now)),
      ...judgeQuorum(examined, now),
    ]
  } catch (error) {
    if (error instanceof SigningError) {
      return [fail(messageOf(error), 'Correct the file and start Hooktrail again.')]
    }
    if (!(error instanceof MerkleError)) throw error
    const remedy = 'Somebody changed log_cosignature: hooktrail verify names the row.'
    return [fail(`a cosignature that was kept does not hold: ${messageOf(error)}`, remedy)]
  }
}

function judgeWitness(witness: ExaminedWitness, now: number): CheckResult {
  const { name, url, result, trouble } = witness
  if (!result) return skipped(`${name}: there is nothing to cosign yet`)
  const kept = lastOf(witness, now)
  switch (result.outcome) {
    case 'cosigned':
      return ok(`${name} answers and cosigns; ${kept}`)
    case 'ahead':
      // Entries came between our question and its answer, or it saw more than is here.
      return warn(
        `${name} knows ${String(result.size)} entries, more than were signed here a moment ago; ${kept}`,
        'Ask again once. If it stays so, the database is behind what was published: docs/operations.md, “When signing stops”.',
      )
    case 'failed': {
      const why = trouble === undefined ? '' : `: ${trouble}`
      return warn(`${name} (${url}) ${result.reason}${why}; ${kept}`, PAGE)
    }
  }
}

function lastOf({ last }: ExaminedWitness, now: number): string {
  if (!last) return 'no cosignature of it was kept so far'
  return `its last one is over ${String(last.size)} entries, ${ageOf(now - last.time * 1000)} ago`
}

function ageOf(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 120) return `${String(minutes)} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${String(hours)} h` : `${String(Math.round(hours / 24))} days`
}

function judgeQuorum({ quorum, newest, shown }: ExaminedWitnesses, now: number): CheckResult[] {
  if (quorum === undefined) return [ok('the policy asks for no quorum: each checkpoint is shown')]
  if (!newest || newest.size === 0) return []
  const size = String(newest.size)
  if (newest.cosigned) return [ok(`the quorum “${quorum}” has cosigned all ${size} signed entries`)]
  const counts = `of ${size} signed entries ${String(shown)} are shown: the quorum “${quorum}” has not cosigned the newest checkpoint`
  if (now - newest.waitingSince < PATIENCE_MS)
    return [ok(`${counts} yet; it waits for a moment only`)]
  return [
    fail(
      `${counts}, for ${ageOf(now - newest.waitingSince)}`,
      'Start Hooktrail if it does not run; mend the witnesses above, or choose a quorum that outlives the loss of one.',
    ),
  ]
}
