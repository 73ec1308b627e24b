import { Personal, type EntryDraft, type JsonObject } from '../../../core/domain/index.js'
import { isObject } from './payload.js'

// 65,535 bytes are the limit of a leaf; what the receiver adds (ids, source) takes less than the difference.
const BUDGET = 62_000
// {"$sealed":"<43 characters>"} and what stands around a value; a principal becomes type, subject and two of those.
const SEALED = 64
const PRINCIPAL = 260
/** Halved, in this order, until the entry fits. */
const SHRINKING = ['changes', 'targets', 'links', 'on_behalf_of'] as const

/** The draft, with the tails of its lists cut off if its leaf would be too long: labelled `truncated`. */
export function fit(draft: EntryDraft): EntryDraft {
  if (weight(draft, 6) <= BUDGET || weight(draft) <= BUDGET) return draft
  let smaller: EntryDraft = { ...draft, labels: { ...draft.labels, truncated: true } }
  for (const field of SHRINKING) {
    while (weight(smaller) > BUDGET && (smaller[field]?.length ?? 0) > 0) {
      const values = smaller[field] ?? []
      smaller = { ...smaller, [field]: values.slice(0, Math.floor(values.length / 2)) }
    }
  }
  return weight(smaller) <= BUDGET ? smaller : withoutLists(smaller)
}

function withoutLists(draft: EntryDraft): EntryDraft {
  const ci = draft.ci && { ...draft.ci, steps: undefined, inputs: undefined, artifacts: undefined }
  const smaller = {
    ...draft,
    snapshot: undefined,
    ci: ci && { ...ci, referenced_workflows: undefined },
  }
  return weight(smaller) <= BUDGET
    ? smaller
    : { ...smaller, ci: undefined, labels: { truncated: true } }
}

/**
 * An upper bound of the leaf's bytes. With `factor` (bytes for a UTF-16 unit at worst: 6, as `\u0001`) it only
 * looks at lengths, which is enough for nearly every draft; without, text is counted exactly.
 */
export function weight(value: unknown, factor?: number): number {
  if (value === undefined) return 0
  if (typeof value === 'string') return stringWeight(value, factor)
  if (typeof value !== 'object' || value === null) return 26
  if (value instanceof Personal) return SEALED
  if (Array.isArray(value)) return listWeight(value, factor)
  return isObject(value) ? objectWeight(value, factor) : 0
}

function listWeight(values: readonly unknown[], factor: number | undefined): number {
  let sum = 2
  for (const value of values) sum += 1 + weight(value, factor)
  return sum
}

function stringWeight(value: string, factor: number | undefined): number {
  return factor === undefined ? Buffer.byteLength(JSON.stringify(value)) : value.length * factor + 2
}

function objectWeight(value: JsonObject, factor: number | undefined): number {
  if (isPrincipal(value)) return PRINCIPAL
  let sum = 2
  // Every draft is weighed, and Object.entries took a sixth of normalising; nothing here inherits anything.
  for (const key in value) {
    const member = value[key]
    if (member !== undefined) sum += stringWeight(key, factor) + 2 + weight(member, factor)
  }
  return sum
}

function isPrincipal(value: JsonObject): boolean {
  return value.type !== undefined && (value.login !== undefined || value.display !== undefined)
}
