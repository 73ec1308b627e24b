import { z } from 'zod'

import { relatedEntries } from '../../ledger/index.js'
import { entry } from '../answers/entry.js'
import { named } from '../answers/named.js'
import { operation } from './operation.js'
import { entryFor, reference } from './show-entry.js'

export const relateEntry = operation({
  id: 'relateEntry',
  path: '/entries/{reference}/related',
  scope: 'read',
  summary: 'What surrounds an entry',
  description:
    'What belongs to the same run, pull request or deployment; what the same actor did around it; what happened to the same target before and after. Each list is in the order of time.',
  parameters: z.object({ reference }),
  answer: named(
    'RelatedEntries',
    z.object({
      together: z
        .array(entry)
        .describe('Of the same run; of the same pull request or deployment on this commit.'),
      actor: z.array(entry).describe('Of the same actor, within five minutes.'),
      before: z.array(entry).describe('About the same first target, the last ones before.'),
      after: z.array(entry).describe('About the same first target, the next ones after.'),
    }),
  ),
  errors: ['search.reference', 'api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const about = await entryFor(access, parts, parameters.reference)
    return relatedEntries(parts.database, about, access.within)
  },
})
