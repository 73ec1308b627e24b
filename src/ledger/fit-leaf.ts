import type { EntryDraft, JsonObject, SealedEntry } from '../core/domain/index.js'
import { canonicalJson } from '../core/domain/index.js'
import { unpackLeaf } from './pack-leaf.js'

/** Bytes of a leaf at most: entry bundles of a tlog-tiles log write the length in 16 bits. */
const MAX_LEAF_BYTES = 65_535

interface FittedLeaf extends SealedEntry {
  readonly bytes: Buffer
}

/**
 * Seals a draft so that its leaf fits. Normalisers cut what is long; this is the last guard, for what no normaliser
 * foresaw: it leaves parts out, largest first, and says so in a label. The raw body keeps everything.
 */
export function fitLeaf(draft: EntryDraft, seal: (draft: EntryDraft) => SealedEntry): FittedLeaf {
  for (const fitting of everSmaller(draft)) {
    const sealed = seal(fitting)
    const bytes = Buffer.from(canonicalJson(sealed.leaf))
    if (bytes.length <= MAX_LEAF_BYTES) return { ...sealed, bytes }
  }
  throw new RangeError(`an entry of action ${draft.action.slice(0, 100)} does not fit a leaf`)
}

function* everSmaller(draft: EntryDraft): Generator<EntryDraft> {
  yield draft
  const cut = { ...draft, snapshot: undefined, labels: { truncated: true } }
  yield cut
  yield { ...cut, changes: undefined }
  yield { ...cut, changes: undefined, links: undefined, ci: undefined }
  yield {
    ...cut,
    changes: undefined,
    links: undefined,
    ci: undefined,
    targets: [],
    on_behalf_of: undefined,
    account: undefined,
    repo: undefined,
    correlation_id: undefined,
  }
}

/** A leaf as read back: what was written was an object, so anything else is corruption. */
export function parseLeaf(stored: Uint8Array): JsonObject {
  return parseLeafJson(unpackLeaf(stored))
}

/** The same of the canonical JSON, which the leaf hash is over. */
export function parseLeafJson(json: Uint8Array): JsonObject {
  const leaf: unknown = JSON.parse(Buffer.from(json).toString('utf8'))
  if (typeof leaf !== 'object' || leaf === null || Array.isArray(leaf)) {
    throw new SyntaxError('a leaf is not a JSON object')
  }
  return leaf as JsonObject
}
