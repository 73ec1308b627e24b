import type { AuditEntry, Delivery, EntryDraft, JsonObject } from '../../core/domain/index.js'
import type { Database } from '../../platform/index.js'
import { storableTime } from '../seal-delivery.js'
import { changedPaths, saidBy } from './compare-readings.js'
import { erasuresSoFar, KnownSubjects, type Erasure } from './erasures.js'
import {
  chosenDeliveries,
  rawDeliveries,
  type Chosen,
  type DeliveryRecord,
} from './raw-deliveries.js'
import { storedReadings, type StoredReading } from './stored-readings.js'
import { asEntries, labelled } from './todays-reading.js'

/** What a delivery says today, where that is not what its newest reading in the log says. */
export interface Amendment {
  readonly delivery: DeliveryRecord
  readonly stored: StoredReading
  readonly drafts: readonly EntryDraft[]
  /** The drafts as entries. Ids, numbers and times of recording mean nothing. */
  readonly today: readonly AuditEntry[]
  /** `<entry>/<field>/…` */
  readonly paths: readonly string[]
  /** Both readings without what differs from append to append. */
  readonly before: readonly JsonObject[]
  readonly after: readonly JsonObject[]
}

/**
 * What became of a delivery: read and the same, read and different, or not read, because its raw body was pruned, because
 * something of it (or of somebody in it) was erased and must not come back, or because the body is not what was received.
 */
export type Reread =
  | {
      readonly outcome: 'unchanged' | 'pruned' | 'erased' | 'damaged'
      readonly delivery: DeliveryRecord
    }
  | {
      readonly outcome: 'differs'
      readonly delivery: DeliveryRecord
      readonly amendment: Amendment
    }

/** Pure: what a delivery says. */
export type Normalise = (delivery: Delivery) => EntryDraft[]

/** Reads chosen deliveries again, in the order of the log. Writes nothing. */
export async function* readAgain(
  database: Database,
  normalise: Normalise,
  chosen: Chosen,
): AsyncGenerator<Reread> {
  for await (const deliveries of chosenDeliveries(database, chosen)) {
    yield* await readGroup(database, deliveries, normalise)
  }
}

interface Reading {
  readonly delivery: DeliveryRecord
  readonly stored: StoredReading
  readonly drafts: readonly EntryDraft[] | 'pruned' | 'damaged'
}

async function readGroup(
  database: Database,
  deliveries: readonly DeliveryRecord[],
  normalise: Normalise,
): Promise<Reread[]> {
  // Anew for each group: somebody may be erased while this goes on.
  const erasures = await erasuresSoFar(database)
  const raw = await rawDeliveries(database, deliveries)
  const stored = await storedReadings(database, deliveries)
  const readings = deliveries.flatMap((delivery, index): Reading[] => {
    const found = stored[index]
    const drafts = draftsOf(raw.get(delivery.firstSeq), normalise)
    return found ? [{ delivery, stored: found, drafts }] : []
  })
  const subjects = await KnownSubjects.of(database, readings.flatMap(named))
  return readings.map((reading) => compare(reading, subjects, erasures))
}

function draftsOf(raw: Delivery | 'damaged' | undefined, normalise: Normalise): Reading['drafts'] {
  if (raw === undefined) return 'pruned'
  if (raw === 'damaged') return raw
  return normalise(raw).map((draft) => ({
    ...draft,
    occurred_at: storableTime(draft.occurred_at, raw.receivedAt),
  }))
}

function named({ delivery: { host }, drafts }: Reading): {
  readonly host: string
  readonly drafts: readonly EntryDraft[]
}[] {
  return typeof drafts === 'string' ? [] : [{ host, drafts }]
}

function compare(
  { delivery, stored, drafts }: Reading,
  subjects: KnownSubjects,
  erasures: readonly Erasure[],
): Reread {
  if (!stored.isWhole) return { outcome: 'erased', delivery }
  if (typeof drafts === 'string') return { outcome: drafts, delivery }
  const { host } = delivery
  const erasedAt = erasures.find(({ seq }) => seq > delivery.firstSeq)?.at
  if (erasedAt && subjects.mayBeErased(host, drafts, erasedAt)) {
    return { outcome: 'erased', delivery }
  }
  const [first] = stored.entries
  if (!first) return { outcome: 'damaged', delivery }
  const asStored = drafts.map((draft) => labelled(draft, stored.reading))
  const today = asEntries(asStored, first.source, (principal) => subjects.idOf(host, principal))
  const [before, after] = [stored.entries.map(saidBy), today.map(saidBy)]
  const paths = changedPaths(before, after)
  if (paths.length === 0) return { outcome: 'unchanged', delivery }
  const amendment = { delivery, stored, drafts, today, paths, before, after }
  return { outcome: 'differs', delivery, amendment }
}
