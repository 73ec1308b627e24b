import type { AuditEntry, Delivery, JsonObject, Principal } from '../../src/core/domain/index.js'
import { sealEntry } from '../../src/core/domain/index.js'
import { openLeaf } from '../../src/ledger/open-entries.js'
import { normalise } from '../../src/sources/index.js'

/** The entries of a delivery as they would be read back from the log, but for ids and numbers. */
export function entriesOf(delivery: Delivery): AuditEntry[] {
  return normalise(delivery).map((draft, index) => {
    const { leaf, openings } = sealEntry(draft, {
      id: `${delivery.guid}/${String(index)}`,
      recordedAt: new Date(delivery.receivedAt).toISOString(),
      source: {
        system: 'github',
        kind: delivery.kind,
        delivery_id: delivery.guid,
        event: delivery.event,
      },
      subjectOf: subjectOf,
      salt: () => 'salt',
    })
    const texts = new Map(openings.map(({ pointer, value }) => [pointer, value]))
    // As in a leaf, which is JSON: members that are `undefined` are not there.
    return openLeaf(index, JSON.parse(JSON.stringify(leaf)) as JsonObject, texts)
  })
}

function subjectOf({ type, id, login }: Principal): string | undefined {
  const key = id ?? login
  return key === undefined ? undefined : `${type}:${String(key)}`
}
