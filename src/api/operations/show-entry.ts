import { z } from 'zod'

import type { AuditEntry } from '../../core/domain/index.js'
import { parseQuery } from '../../core/search/index.js'
import { searchEntries, SearchError } from '../../ledger/index.js'
import { allowed, type Access } from '../access.js'
import { entry } from '../answers/entry.js'
import { RequestError } from '../request-error.js'
import { operation, type ApiParts } from './operation.js'

export const reference = z.string().describe('An entry’s number (seq) or its id (a UUID).')

export const showEntry = operation({
  id: 'showEntry',
  path: '/entries/{reference}',
  scope: 'read',
  summary: 'One entry',
  description: 'By its number or by its id.',
  parameters: z.object({ reference }),
  answer: entry,
  errors: ['search.reference', 'api.not_found', 'search.timeout'],
  answerTo({ parameters, access, parts }) {
    return entryFor(access, parts, parameters.reference)
  },
})

/** @throws RequestError `api.not_found`, also for an entry that this token may not see; SearchError `search.reference` */
export async function entryFor(
  access: Access,
  { database, now }: ApiParts,
  named: string,
): Promise<AuditEntry> {
  const query = parseQuery(`${keyOf(named)}:${named}`, { now: now() })
  const { entries } = await searchEntries(database, allowed(access, query), { limit: 1 })
  if (entries[0]) return entries[0]
  throw new RequestError('api.not_found', 'there is no entry with this id or number')
}

function keyOf(named: string): 'seq' | 'id' {
  if (/^\d{1,15}$/.test(named)) return 'seq'
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(named)) return 'id'
  const message = `“${named.slice(0, 100)}” is neither the number of an entry nor its id (a UUID)`
  throw new SearchError('search.reference', message)
}
