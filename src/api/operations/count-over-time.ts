import { z } from 'zod'

import { countOverTime } from '../../ledger/index.js'
import { allowed } from '../access.js'
import { named } from '../answers/named.js'
import { queryText, timeZone } from '../parameters.js'
import { operation, QUERY_ERRORS, queryOf } from './operation.js'

export const histogram = operation({
  id: 'countOverTime',
  path: '/histogram',
  scope: 'read',
  summary: 'How many entries of a query there are over time',
  description:
    'In buckets that people think in, for the time that the query names or its entries take. Days begin at midnight of the time zone.',
  parameters: z.object({ query: queryText, tz: timeZone }),
  answer: named(
    'Histogram',
    z.object({
      width: z.string().describe('How long a bucket is: 1 hour, 1 day, …'),
      buckets: z
        .array(z.object({ from: z.string(), entries: z.int() }))
        .describe('Oldest first, without a gap.'),
      total: z.int(),
      exact: z.boolean().describe('False: the numbers are estimates.'),
      sampled: z
        .int()
        .describe(
          'One entry of so many was looked at; 1: each. An estimate of n is off by more than 2·√(sampled·n) in one case of 20.',
        ),
    }),
  ),
  errors: [...QUERY_ERRORS, 'search.words', 'search.timeout'],
  async answerTo(asked) {
    const query = allowed(asked.access, await queryOf(asked))
    const zone = asked.parameters.tz ?? asked.parts.timeZone
    return countOverTime(asked.parts.database, query, zone)
  },
})
