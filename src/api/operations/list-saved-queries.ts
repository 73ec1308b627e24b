import { z } from 'zod'

import { savedQueries } from '../../ledger/index.js'
import { allowedQueries } from '../access.js'
import { named } from '../answers/named.js'
import { operation } from './operation.js'

export const listSavedQueries = operation({
  id: 'listSavedQueries',
  path: '/saved-queries',
  scope: 'read',
  summary: 'Queries that have a name',
  description: 'By organisation and name: what `saved:` may name in a query.',
  parameters: z.object({}),
  answer: named(
    'SavedQueries',
    z.object({
      saved: z.array(z.object({ organisation: z.string(), name: z.string(), query: z.string() })),
    }),
  ),
  errors: [],
  async answerTo({ access, parts }) {
    const saved = allowedQueries(access, await savedQueries(parts.database))
    return { saved: saved.map(({ text: query, ...name }) => ({ ...name, query })) }
  },
})
