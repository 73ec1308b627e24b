import {
  sealEntry,
  uuidV7,
  type AuditEntry,
  type EntryDraft,
  type EntrySource,
  type Principal,
} from '../../core/domain/index.js'
import { fitLeaf, parseLeafJson } from '../fit-leaf.js'
import { openLeaf } from '../open-entries.js'

/** As long as the real ones, so that what is cut to fit a leaf is cut alike; what they say is not compared. */
const ID = uuidV7(0, new Uint8Array(10))
const RECORDED_AT = new Date(0).toISOString()
const SALT = 'AAAAAAAAAAAAAAAAAAAAAA'

/** What drafts would be as entries, on the very way that an append takes: to be compared with the ones in the log. */
export function asEntries(
  drafts: readonly EntryDraft[],
  source: EntrySource,
  subjectOf: (principal: Principal) => string | undefined,
): AuditEntry[] {
  return drafts.map((draft, index) => {
    const { openings, bytes } = fitLeaf(draft, (fitting) =>
      sealEntry(fitting, { id: ID, recordedAt: RECORDED_AT, source, subjectOf, salt: () => SALT }),
    )
    const texts = new Map(openings.map(({ pointer, value }) => [pointer, value]))
    return openLeaf(index, parseLeafJson(bytes), texts)
  })
}

/** A draft of another reading than the first says so. */
export function labelled(draft: EntryDraft, reading: number): EntryDraft {
  return reading === 1 ? draft : { ...draft, labels: { ...draft.labels, reading } }
}
