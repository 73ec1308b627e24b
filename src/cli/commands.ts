import type { Command } from 'commander'

import { addAnchor } from './commands/anchor.js'
import { addCompletion } from './commands/completion.js'
import { addDoctor } from './commands/doctor.js'
import { addExplain } from './commands/explain.js'
import { addExport } from './commands/export.js'
import { addFacets } from './commands/facets.js'
import { addHistogram } from './commands/histogram.js'
import { addHoldCommand } from './commands/hold.js'
import { addJobs } from './commands/jobs.js'
import { addLog } from './commands/log.js'
import { addMigrate } from './commands/migrate.js'
import { addQuery } from './commands/query.js'
import { addReprocess } from './commands/reprocess.js'
import { addRun } from './commands/run.js'
import { addPerson } from './commands/person.js'
import { addPrune } from './commands/prune.js'
import { addSearch } from './commands/search.js'
import { addShow } from './commands/show.js'
import { addState } from './commands/state.js'
import { addTail } from './commands/tail.js'
import { addToken } from './commands/token.js'
import { addVerify } from './commands/verify.js'
import { addWhatChanged } from './commands/what-changed.js'
import { addWho } from './commands/who.js'
import { addWitness } from './commands/witness.js'
import { addWorkflow } from './commands/workflow.js'
import type { CliContext } from './context.js'
import type { ExitCode } from './exit-code.js'

/** Adds one command to the program; what it answers becomes the exit code. */
export type AddCommand = (
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
) => void

/** Every command, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addSearch,
  addExplain,
  addQuery,
  addFacets,
  addHistogram,
  addShow,
  addWho,
  addRun,
  addWhatChanged,
  addState,
  addWorkflow,
  addTail,
  addVerify,
  addAnchor,
  addExport,
  addPerson,
  addHoldCommand,
  addPrune,
  addJobs,
  addLog,
  addToken,
  addWitness,
  addMigrate,
  addReprocess,
  addDoctor,
  addCompletion,
]
