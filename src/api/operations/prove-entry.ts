import { z } from 'zod'

import { readProofFile } from '../../ledger/index.js'
import { RequestError } from '../request-error.js'
import { DATABASE_ERRORS, operation } from './operation.js'
import { entryFor, reference } from './show-entry.js'

export const proveEntry = operation({
  id: 'proveEntry',
  path: '/entries/{reference}/proof',
  summary: 'The proof that an entry is in the log',
  description:
    'Under the newest checkpoint: a C2SP tlog-proof file, which needs nothing of ours to be checked (docs/verification.md).',
  parameters: z.object({ reference }),
  type: 'text/plain',
  answer: z.string(),
  errors: ['search.reference', 'api.not_found', 'search.timeout', ...DATABASE_ERRORS],
  async answerTo({ parameters, access, parts }) {
    const { seq } = await entryFor(access, parts, parameters.reference)
    const proof = await readProofFile(parts.database, seq)
    if (proof) return proof.file
    throw new RequestError(
      'api.not_found',
      'no checkpoint covers this entry yet: ask again in a second',
    )
  },
})
