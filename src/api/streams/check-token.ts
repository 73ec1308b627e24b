import { tokenHolds } from '../../ledger/index.js'
import { OPERATOR, type Access } from '../access.js'
import type { ApiParts } from '../operations/index.js'
import { RequestError } from '../request-error.js'

/** For answers that take long: revoking a token ends them too. @throws RequestError `api.unauthorized` */
export async function checkToken(
  { id }: Access,
  { database, now }: Pick<ApiParts, 'database' | 'now'>,
): Promise<void> {
  if (id === OPERATOR.id || (await tokenHolds(database, id, now()))) return
  throw new RequestError('api.unauthorized', 'the token was revoked or has expired')
}
