import { z } from 'zod'

import { completeQuery } from '../../core/search/index.js'
import { named } from '../answers/named.js'
import { queryText, timeZone, wholeNumber } from '../parameters.js'
import { contextOf, operation } from './operation.js'

/** A query is no longer than this anyway (core/search refuses it). */
const FURTHEST = 1_000_000

export const complete = operation({
  id: 'completeQuery',
  path: '/completion',
  scope: 'read',
  summary: 'What could stand at the cursor of a query',
  description:
    'Keys, operators, and the values that are known without the log. Faults elsewhere in the query do not matter.',
  parameters: z.object({
    query: queryText,
    tz: timeZone,
    cursor: wholeNumber({ min: 0, max: FURTHEST })
      .optional()
      .describe('In UTF-16 code units from the beginning; the end of the query by default.'),
  }),
  answer: named(
    'Completion',
    z.object({
      replace: z
        .object({ position: z.int(), length: z.int() })
        .describe('The text that a choice takes the place of.'),
      choices: z.array(
        z.object({
          text: z.string(),
          kind: z.enum(['key', 'operator', 'value']),
          description: z.string(),
        }),
      ),
    }),
  ),
  errors: [],
  async answerTo(asked) {
    const { query, cursor } = asked.parameters
    const at = Math.min(cursor ?? query.length, query.length)
    const { replace, choices } = completeQuery(query, at, await contextOf(asked))
    return { replace, choices }
  },
})
