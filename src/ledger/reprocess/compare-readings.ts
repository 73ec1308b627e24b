import {
  canonicalJson,
  type AuditEntry,
  type Json,
  type JsonObject,
} from '../../core/domain/index.js'

/** Where and when it was appended, which is another matter than what it says. */
const OF_THE_APPEND = new Set(['schema', 'id', 'seq', 'recorded_at', 'source', 'labels'])

/** What an entry says, without what differs from append to append. */
export function saidBy(entry: AuditEntry): JsonObject {
  const said = Object.entries(entry).filter(([name]) => !OF_THE_APPEND.has(name))
  const labels = Object.entries(entry.labels ?? {}).filter(([name]) => name !== 'reading')
  const kept = labels.length > 0 ? { labels: Object.fromEntries(labels) } : {}
  return { ...Object.fromEntries<Json | undefined>(said), ...kept }
}

/** Paths into two readings, `<entry>/<field>/…`, at which they differ; none if they say the same. */
export function changedPaths(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): string[] {
  return [...differences(before, after, '')]
}

function* differences(
  before: Json | undefined,
  after: Json | undefined,
  path: string,
): Generator<string> {
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    if (textOf(before) !== textOf(after)) yield path
    return
  }
  const [one, other] = [before as JsonObject, after as JsonObject]
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    yield* differences(one[name], other[name], path === '' ? name : `${path}/${name}`)
  }
}

function isTree(value: Json | undefined): value is JsonObject | readonly Json[] {
  return typeof value === 'object' && value !== null
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalJson(value)
}
