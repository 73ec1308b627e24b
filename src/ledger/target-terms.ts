import type { Json, JsonObject } from '../core/domain/index.js'

/** Characters of a term at most, as many as a lexeme of log_terms takes. */
const TERM_LIMIT = 300

/** Kinds of targets with keys of their own (`run:`, `job:`, `repo:`, `org:`, `ref:`, `sha:`): their terms would only cost space. */
const HAVE_KEYS = new Set([
  ...['workflow_run', 'workflow_job', 'repository', 'account', 'organization'],
  ...['branch', 'tag', 'commit', 'deployment_status'],
])

/** Ids that hardly anybody knows and that every entry of these has anew. */
const NAME_ONLY = new Set(['check_run', 'check_suite'])

/**
 * `type:id` and `type:name` of what a leaf is about, its pull requests and artifacts included, for `target:`, `pr:`, `secret:`
 * and `artifact:`. What is sealed is no text here, so nothing personal is among them.
 */
export function targetTerms(leaf: JsonObject): string[] {
  const { targets, ci } = leaf
  const about = members(ci)
  const artifacts = list(about['artifacts']).map(members)
  return [
    ...list(targets).map(members).flatMap(termsOf),
    ...list(about['pull_requests']).flatMap((number) => term('pull_request', number)),
    ...artifacts.flatMap(({ name, digest }) => [
      ...term('artifact', name),
      ...term('artifact', digest),
    ]),
  ]
}

/** As terms are stored and asked for: lower case, without control characters, not longer than an index takes. */
export function foldTerm(text: string): string {
  return text
    .toLowerCase()
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, TERM_LIMIT)
    .toWellFormed()
}

function termsOf({ type, id, name }: JsonObject): string[] {
  if (typeof type !== 'string' || HAVE_KEYS.has(type)) return []
  return [...(NAME_ONLY.has(type) ? [] : term(type, id)), ...term(type, name)]
}

function term(type: string, value: Json | undefined): string[] {
  const isText = typeof value === 'string' || typeof value === 'number'
  return isText ? [foldTerm(`${type}:${String(value)}`)] : []
}

function members(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {}
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}
