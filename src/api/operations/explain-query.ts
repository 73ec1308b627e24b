import { z } from 'zod'

import { explainQuery, printQuery } from '../../core/search/index.js'
import { named } from '../answers/named.js'
import { queryText, timeZone } from '../parameters.js'
import { operation, QUERY_ERRORS, queryOf } from './operation.js'

export const explain = operation({
  id: 'explainQuery',
  path: '/explanation',
  scope: 'read',
  summary: 'What a query means, in words',
  description:
    'With every date as the moment that it stands for. What was saved stands as it is now.',
  parameters: z.object({ query: queryText, tz: timeZone }),
  answer: named(
    'Explanation',
    z.object({
      query: z.string().describe('The query as it was understood, with absolute dates.'),
      explanation: z.string(),
      time_zone: z.string(),
    }),
  ),
  errors: QUERY_ERRORS,
  async answerTo(asked) {
    const query = await queryOf(asked)
    const zone = asked.parameters.tz ?? asked.parts.timeZone
    const explanation = explainQuery(query, zone)
    return { query: printQuery(query), explanation, time_zone: zone }
  },
})
