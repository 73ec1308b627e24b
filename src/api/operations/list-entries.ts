import { z } from 'zod'

import { MAX_PAGE, searchEntries } from '../../ledger/index.js'
import { allowed } from '../access.js'
import { entry } from '../answers/entry.js'
import { named } from '../answers/named.js'
import { pageCursor, queryText, timeZone, wholeNumber } from '../parameters.js'
import { EXPORT_TYPES, exported, exportFormat, formatOf } from './export-entries.js'
import { operation, QUERY_ERRORS, queryOf } from './operation.js'

const USUAL_LIMIT = 50

export const listEntries = operation({
  id: 'listEntries',
  path: '/entries',
  scope: 'read',
  summary: 'Entries that a query means, newest first',
  description:
    'Ordered by occurred_at, then seq. A cursor stays valid while the log grows, and entries that arrive meanwhile move nothing. As NDJSON or CSV (`format`, or the header Accept): all of them at once, of whatever number, which needs the scope `export` and is recorded; what does not end with a line `{"end":…}`, or a record that begins with `end`, is cut off.',
  parameters: z.object({
    query: queryText,
    tz: timeZone,
    limit: wholeNumber({ min: 1, max: MAX_PAGE })
      .optional()
      .meta({ description: 'Entries in the page.', default: USUAL_LIMIT }),
    cursor: pageCursor,
    format: exportFormat,
  }),
  answer: named(
    'EntryPage',
    z.object({
      entries: z.array(entry),
      next_cursor: z.string().nullable().describe('Null on the last page.'),
    }),
  ),
  streams: { types: EXPORT_TYPES, scope: 'export' },
  errors: [...QUERY_ERRORS, 'search.cursor', 'search.words', 'search.timeout'],
  async answerTo(asked) {
    const { limit = USUAL_LIMIT, cursor } = asked.parameters
    const format = formatOf(asked)
    if (format !== 'json') return exported(asked, format)
    const query = allowed(asked.access, await queryOf(asked))
    const { entries, next } = await searchEntries(asked.parts.database, query, { limit, cursor })
    return { entries, next_cursor: next ?? null }
  },
})
