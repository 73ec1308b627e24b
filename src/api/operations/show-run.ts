import { z } from 'zod'

import { readRuns } from '../../ledger/index.js'
import { deployment, deploymentReview } from '../answers/deployment.js'
import { named } from '../answers/named.js'
import { run, runInputs } from '../answers/run.js'
import { githubId } from '../parameters.js'
import { found } from './found.js'
import { operation } from './operation.js'

export const showRun = operation({
  id: 'showRun',
  path: '/runs/{run_id}',
  scope: 'read',
  summary: 'A workflow run’s story',
  description:
    'Every attempt with who started it and its jobs, what it was dispatched with, who approved and what was deployed, computed from the entries of the run; once for each host that has a run with this id.',
  parameters: z.object({
    run_id: githubId('The id in the address of the run’s page, not the number behind #.'),
  }),
  answer: named(
    'Runs',
    z.object({
      runs: z.array(
        z.object({
          run,
          inputs: runInputs.optional(),
          reviews: z.array(deploymentReview).describe('In the order of time.'),
          deployments: z.array(deployment),
          entries: z.int().describe('How many entries tell of it.'),
        }),
      ),
    }),
  ),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const runs = await readRuns(parts.database, parameters.run_id, access.within)
    return {
      runs: found(runs, 'run with this id').map(
        ({ run: one, inputs, reviews, deployments, entries }) => ({
          run: one,
          ...(inputs && { inputs }),
          reviews,
          deployments,
          entries,
        }),
      ),
    }
  },
})
