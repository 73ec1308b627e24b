import { z } from 'zod'

import { MAX_PAGE, searchEntries } from '../../ledger/index.js'
import { allowed } from '../access.js'
import { entry } from '../answers/entry.js'
import { named } from '../answers/named.js'
import { pageCursor, queryText, timeZone, wholeNumber } from '../parameters.js'
import { operation, QUERY_ERRORS, queryOf } from './operation.js'

const DEFAULT_LIMIT = 50

export const listEntries = operation({
  id: 'listEntries',
  path: '/entries',
  scope: 'read',
  summary: 'Entries that a query means, newest first',
  description:
    'Ordered by occurred_at, then seq. A cursor stays valid while the log grows, and entries that arrive meanwhile move nothing.',
  parameters: z.object({
    query: queryText,
    tz: timeZone,
    limit: wholeNumber({ min: 1, max: MAX_PAGE })
      .default(DEFAULT_LIMIT)
      .describe('Entries in the page.'),
    cursor: pageCursor,
  }),
  answer: named(
    'EntryPage',
    z.object({
      entries: z.array(entry),
      next_cursor: z.string().nullable().describe('Null on the last page.'),
    }),
  ),
  errors: [...QUERY_ERRORS, 'search.cursor', 'search.words', 'search.timeout'],
  async answerTo(asked) {
    const { limit, cursor } = asked.parameters
    const query = allowed(asked.access, await queryOf(asked))
    const { entries, next } = await searchEntries(asked.parts.database, query, { limit, cursor })
    return { entries, next_cursor: next ?? null }
  },
})
