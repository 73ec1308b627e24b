import { z } from 'zod'

import { readRuns } from '../../ledger/index.js'
import { named } from '../answers/named.js'
import { run } from '../answers/run.js'
import { wholeNumber } from '../parameters.js'
import { RequestError } from '../request-error.js'
import { operation } from './operation.js'

export const showRun = operation({
  id: 'showRun',
  path: '/runs/{run_id}',
  scope: 'read',
  summary: 'A workflow run’s story',
  description:
    'Every attempt with who started it and its jobs, computed from the entries of the run; once for each host that has a run with this id.',
  parameters: z.object({
    run_id: wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }).describe(
      'The id in the address of the run’s page, not the number behind #.',
    ),
  }),
  answer: named(
    'Runs',
    z.object({
      runs: z.array(z.object({ run, entries: z.int().describe('How many entries tell of it.') })),
    }),
  ),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const runs = await readRuns(parts.database, parameters.run_id, access.within)
    if (runs.length > 0)
      return { runs: runs.map(({ run: one, entries }) => ({ run: one, entries })) }
    throw new RequestError('api.not_found', 'the log knows no run with this id')
  },
})
