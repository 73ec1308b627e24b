import { z } from 'zod'

import { readProofFile } from '../../ledger/index.js'
import { RequestError } from '../request-error.js'
import { operation } from './operation.js'
import { entryFor, reference } from './show-entry.js'

export const proveEntry = operation({
  id: 'proveEntry',
  path: '/entries/{reference}/proof',
  scope: 'read',
  summary: 'The proof that an entry is in the log',
  description:
    'Under the newest checkpoint: a C2SP tlog-proof file, which needs nothing of ours to be checked (docs/verification.md).',
  parameters: z.object({ reference }),
  type: 'text/plain',
  answer: z.string(),
  errors: ['search.reference', 'api.not_found', 'search.timeout'],
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
