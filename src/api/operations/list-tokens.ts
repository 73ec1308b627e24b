import { z } from 'zod'

import { listTokens, type ApiToken } from '../../ledger/index.js'
import { named } from '../answers/named.js'
import { operation } from './operation.js'

const moment = z.iso.datetime().nullable()

export const listApiTokens = operation({
  id: 'listTokens',
  path: '/tokens',
  scope: 'admin',
  summary: 'Every token of this API, the newest first',
  description:
    'What each may do, for whom, until when, and when it was last used; never its secret. Expired and revoked ones too. They are made and revoked by `hooktrail token` only.',
  parameters: z.object({}),
  answer: named(
    'Tokens',
    z.object({
      tokens: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          scopes: z.array(z.string()),
          organisations: z.array(z.string()),
          repositories: z.array(z.string()),
          created_at: z.iso.datetime(),
          expires_at: moment,
          revoked_at: moment,
          last_used_at: moment.describe('To the minute.'),
        }),
      ),
    }),
  ),
  errors: [],
  async answerTo({ parts }) {
    return { tokens: (await listTokens(parts.database)).map(shown) }
  },
})

function shown({ createdAt, expiresAt, revokedAt, lastUsedAt, ...rest }: ApiToken) {
  return {
    ...rest,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    revoked_at: revokedAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  }
}
