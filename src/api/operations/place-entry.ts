import { z } from 'zod'

import type { Query } from '../../core/search/index.js'
import {
  otherReadings,
  readEntryProof,
  searchEntries,
  type OtherReadings,
  type ReadingPlace,
} from '../../ledger/index.js'
import type { Database } from '../../platform/index.js'
import type { Access } from '../access.js'
import { named, type Shape } from '../answers/named.js'
import { operation } from './operation.js'
import { entryFor, reference } from './show-entry.js'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const reading = named(
  'Reading',
  z
    .object({
      reading: z.int().describe('1: as the delivery was first read.'),
      first_seq: z.int(),
      entries: z.int(),
    } satisfies Shape<ReadingPlace>)
    .describe('The entries of another reading of the same delivery.'),
)

export const placeEntry = operation({
  id: 'placeEntry',
  path: '/entries/{reference}/place',
  scope: 'read',
  summary: 'How an entry stands in the log',
  description:
    'Its leaf hash, and size and root hash of the tree that it is proven in: that of the newest checkpoint, or, as long as none covers the entry, the tree as it is. Also which entries it replaced, and which replaced it, where its delivery was read again and the token sees them all.',
  parameters: z.object({ reference }),
  answer: named(
    'EntryPlace',
    z.object({
      seq: z.int(),
      leaf_hash: hash.nullable().describe('Hex.'),
      size: z.int().describe('Entries in the tree.'),
      root: hash.describe('Hex.'),
      origin: z.string().optional().describe('Who signed; absent as long as nobody did.'),
      tlog_proof: z.string().nullable().describe('As /proof gives it.'),
      replaces: reading.optional(),
      replaced_by: reading.optional(),
    }),
  ),
  errors: ['search.reference', 'api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts: { database, ...parts } }) {
    const entry = await entryFor(access, { database, ...parts }, parameters.reference)
    const { leafHash, size, root, origin, file } = await readEntryProof(database, entry.seq)
    return {
      ...{ seq: entry.seq, leaf_hash: leafHash ?? null, size, root },
      ...(origin !== undefined && { origin }),
      tlog_proof: file ?? null,
      ...(await allowedReadings(database, access, await otherReadings(database, entry))),
    }
  },
})

async function allowedReadings(
  database: Database,
  access: Access,
  { replaces, replaced_by }: OtherReadings,
): Promise<OtherReadings> {
  return {
    replaces: await ifAllSeen(database, access, replaces),
    replaced_by: await ifAllSeen(database, access, replaced_by),
  }
}

/** A delivery may be of several repositories: where one of its entries is hidden, so is how many there are. */
async function ifAllSeen(
  database: Database,
  { within }: Access,
  place: ReadingPlace | undefined,
): Promise<ReadingPlace | undefined> {
  if (!place) return undefined
  const { first_seq: from, entries: count } = place
  const reading: Query = { kind: 'range', field: 'seq', any: [{ from, to: from + count - 1 }] }
  const hidden: Query = { kind: 'and', terms: [reading, { kind: 'not', term: within }] }
  const { entries } = await searchEntries(database, hidden, { limit: 1 })
  return entries.length === 0 ? place : undefined
}
