import type { DraftChange, DraftTarget, JsonObject, Principal } from '../../../core/domain/index.js'
import { integer, list, object, text } from './payload.js'
import { isLess, isShorter } from './protection.js'
import { isEqual, recorded } from './recorded.js'

const MOST_RULES = 60
const ENFORCEMENTS = ['disabled', 'evaluate', 'active']

/** Parameters that loosen a rule when they grow or are switched on. */
const LOOSENING = new Set([
  'do_not_enforce_on_create',
  'allowed_merge_methods',
  'max_file_size',
  'max_file_path_length',
])

/** Every part of a ruleset, as before (`deleted`) or after (`created`). */
export function wholeRuleset(ruleset: JsonObject, side: 'before' | 'after'): DraftChange[] {
  const parts: (readonly [path: string, value: unknown])[] = [
    ['enforcement', ruleset.enforcement],
    ...Object.entries(object(ruleset.conditions)).map(part('conditions')),
    ...list(ruleset.rules).slice(0, MOST_RULES).map(rulePart),
    ['bypass_actors', ruleset.bypass_actors],
  ]
  return parts
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => ({ path, [side]: recorded(value) }))
}

function part(parent: string) {
  return ([name, value]: readonly [string, unknown]): readonly [string, unknown] => [
    `${parent}/${text(name, 100) ?? ''}`,
    value,
  ]
}

function rulePart(rule: unknown): readonly [string, unknown] {
  const { type, parameters } = object(rule)
  return [`rules/${text(type, 100) ?? 'unknown'}`, parameters ?? true]
}

/** What was edited, as far as GitHub says: nothing about bypass actors, which only the snapshot holds. */
export function editedRuleset(ruleset: JsonObject, edits: JsonObject): DraftChange[] {
  const found: DraftChange[] = []
  for (const name of ['name', 'enforcement']) {
    const { from } = object(edits[name])
    if (from === undefined || isEqual(from, ruleset[name])) continue
    found.push({ path: name, before: recorded(from), after: recorded(ruleset[name]) })
  }
  const rules = [...conditionEdits(object(edits.conditions)), ...ruleEdits(object(edits.rules))]
  found.push(...rules.slice(0, MOST_RULES))
  return found
}

/** People whom the ruleset does not hold, so that searches for them find it. */
export function bypassPeople(ruleset: JsonObject): DraftTarget[] {
  return list(ruleset.bypass_actors)
    .filter(isPerson)
    .slice(0, MOST_RULES)
    .map((actor) => {
      const principal: Principal = { type: 'user', id: integer(object(actor).actor_id) }
      return { type: 'bypass_actor', principal }
    })
}

function isPerson(actor: unknown): boolean {
  return object(actor).actor_type === 'User'
}

function conditionEdits(edits: JsonObject): DraftChange[] {
  return [
    ...list(edits.added).flatMap((one) =>
      onSide(Object.entries(object(one)).map(part('conditions')), 'after'),
    ),
    ...list(edits.deleted).flatMap((one) =>
      onSide(Object.entries(object(one)).map(part('conditions')), 'before'),
    ),
    ...list(edits.updated).flatMap(conditionUpdate),
  ]
}

function conditionUpdate(update: unknown): DraftChange[] {
  const { condition, changes } = object(update)
  return Object.entries(object(condition)).flatMap(([kind, now]) =>
    Object.entries(object(changes)).map(([name, edit]) => ({
      path: `conditions/${text(kind, 100) ?? ''}/${text(name, 100) ?? ''}`,
      before: recorded(object(edit).from),
      after: recorded(object(now)[name]),
    })),
  )
}

function ruleEdits(edits: JsonObject): DraftChange[] {
  return [
    ...onSide(list(edits.added).map(rulePart), 'after'),
    ...onSide(list(edits.deleted).map(rulePart), 'before'),
    ...list(edits.updated).map(ruleUpdate),
  ]
}

function onSide(
  parts: readonly (readonly [string, unknown])[],
  side: 'before' | 'after',
): DraftChange[] {
  return parts.map(([path, value]) => ({ path, [side]: recorded(value) }))
}

function ruleUpdate(update: unknown): DraftChange {
  const { rule, changes } = object(update)
  const [path, after] = rulePart(rule)
  return { path, before: recorded(formerParameters(object(changes))), after: recorded(after) }
}

/** `configuration.from` is JSON in a string; other keys hold what they held. */
function formerParameters(changes: JsonObject): unknown {
  const { from } = object(changes.configuration)
  if (from === undefined) return changes
  if (typeof from !== 'string') return from
  try {
    return JSON.parse(from)
  } catch {
    return from
  }
}

/** Why a ruleset protects less than before the edit; empty if nothing says that it does. */
export function weakenings(ruleset: JsonObject, edits: JsonObject): string[] {
  const rules = object(edits.rules)
  const conditions = object(edits.conditions)
  const found: string[] = []
  if (isLowered(object(edits.enforcement).from, ruleset.enforcement)) found.push('enforcement')
  if (list(rules.deleted).length > 0) found.push('rules deleted')
  if (list(conditions.deleted).length > 0) found.push('conditions deleted')
  if (list(conditions.updated).some(coversLess)) found.push('conditions narrowed')
  if (list(rules.updated).some(demandsLess)) found.push('rules loosened')
  return found
}

function isLowered(before: unknown, after: unknown): boolean {
  const from = ENFORCEMENTS.indexOf(String(before))
  return from > 0 && ENFORCEMENTS.indexOf(String(after)) < from
}

function coversLess(update: unknown): boolean {
  const { condition, changes } = object(update)
  const { include, exclude } = object(changes)
  return Object.values(object(condition)).some((now) => {
    const lost = include !== undefined && isShorter(object(include).from, object(now).include)
    return lost || (exclude !== undefined && isShorter(object(now).exclude, object(exclude).from))
  })
}

function demandsLess(update: unknown): boolean {
  const { rule, changes } = object(update)
  const before = object(formerParameters(object(changes)))
  const after = object(object(rule).parameters)
  return Object.keys(before).some((name) =>
    LOOSENING.has(name) ? isLooser(after[name], before[name]) : isLooser(before[name], after[name]),
  )
}

function isLooser(before: unknown, after: unknown): boolean {
  if (before === true) return after === false
  return isLess(before, after) || (Array.isArray(after) && isShorter(before, after))
}
