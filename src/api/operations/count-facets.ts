import { z } from 'zod'

import { countFacets } from '../../ledger/index.js'
import { allowed } from '../access.js'
import { named } from '../answers/named.js'
import { queryText, timeZone, wholeNumber } from '../parameters.js'
import { operation, QUERY_ERRORS, queryOf } from './operation.js'

const USUAL_VALUES = 10
const MOST_VALUES = 100

export const facets = operation({
  id: 'countFacets',
  path: '/facets',
  scope: 'read',
  summary: 'The most frequent values of each field among the entries of a query',
  description:
    'Each field is counted without its own terms in the query, so that the values beside the chosen one can be seen.',
  parameters: z.object({
    query: queryText,
    tz: timeZone,
    limit: wholeNumber({ min: 1, max: MOST_VALUES })
      .default(USUAL_VALUES)
      .describe('Values of each field.'),
  }),
  answer: named(
    'Facets',
    z.object({
      facets: z.array(
        z.object({
          field: z.string().describe('A key of the query language.'),
          values: z.array(z.object({ value: z.string(), entries: z.int() })),
          exact: z.boolean().describe('False: the numbers are estimates.'),
          sampled: z
            .int()
            .describe(
              'One entry of so many was looked at; 1: each. An estimate of n is off by more than 2·√(sampled·n) in one case of 20.',
            ),
        }),
      ),
    }),
  ),
  errors: [...QUERY_ERRORS, 'search.words', 'search.timeout'],
  async answerTo(asked) {
    const query = allowed(asked.access, await queryOf(asked))
    return { facets: await countFacets(asked.parts.database, query, asked.parameters.limit) }
  },
})
