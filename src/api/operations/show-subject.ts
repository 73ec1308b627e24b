import { z } from 'zod'

import { readSubjects } from '../../ledger/index.js'
import { named } from '../answers/named.js'
import { subject } from '../answers/subject.js'
import { shortText } from '../parameters.js'
import { found } from './found.js'
import { operation } from './operation.js'

export const showSubject = operation({
  id: 'showSubject',
  path: '/subjects/{reference}',
  scope: 'read',
  summary: 'A person or machine, by a login or by id',
  description:
    'All logins and names, and when they were seen. Of one who was erased there is nothing to find.',
  parameters: z.object({
    reference: shortText('A login that they have or had, or `subject` of an entry’s principal.'),
  }),
  answer: named(
    'Subjects',
    z.object({
      subjects: z.array(
        z.object({
          state: subject,
          complete: z
            .boolean()
            .describe('False: so many entries name them that a short-lived login may be missing.'),
        }),
      ),
    }),
  ),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const subjects = await readSubjects(parts.database, parameters.reference, access.within)
    return {
      subjects: found(subjects, 'person or machine of this name').map(({ state, complete }) => ({
        state,
        complete,
      })),
    }
  },
})
