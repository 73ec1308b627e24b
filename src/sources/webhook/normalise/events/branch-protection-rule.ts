import type { DraftChange, JsonObject, Severity } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, links } from '../links.js'
import { integer, list, object, text, texts } from '../payload.js'
import { namesChanged, sealedLogin } from '../people.js'
import { isWeaker } from '../protection.js'
import { isEqual, recorded } from '../recorded.js'
import { snapshot, type Thing } from '../snapshot.js'

const NAMES = {
  created: 'branch_protection.created',
  edited: 'branch_protection.edited',
  deleted: 'branch_protection.deleted',
}
/** What identifies the rule, and what changes with every change. */
const NOT_SETTINGS = new Set(['id', 'repository_id', 'created_at', 'updated_at'])
const NAMES_OF_PEOPLE = new Set(['authorized_actor_names', 'authorized_dismissal_actor_names'])
const MOST_SETTINGS = 60
const MOST_NAMES = 100

/** A rule on branches, with every setting before and after as far as GitHub tells. */
export const branchProtectionRule: Normaliser = {
  event: 'branch_protection_rule',
  normalise(event) {
    const rule = object(event.payload.rule)
    const edits = object(event.payload.changes)
    const weakened = event.action === 'edited' ? weakenedSettings(rule, edits) : []
    const url = settingsPage(event, rule)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: times(event, rule),
      severity: severity(weakened),
      targets: [
        { type: 'branch_protection_rule', id: integer(rule.id), name: text(rule.name), url },
      ],
      changes: changes(event, rule, edits),
      snapshot:
        event.action === 'deleted'
          ? undefined
          : snapshot('branch_protection_rule', rule.id, sealedRule(rule)),
      links: links([
        ['settings', url],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('branch_protection', event.repo, integer(rule.id)),
      labels: {
        weakened: weakened.length > 0 || event.action === 'deleted',
        weakened_settings: weakened.length > 0 ? weakened.slice(0, 20).join(' ') : undefined,
      },
    })
    return [entry]
  },
}

/** The rule with the logins in it sealed, each as the text of its own person. */
function sealedRule(rule: JsonObject): Thing {
  const names = [...NAMES_OF_PEOPLE].filter((name) => rule[name] !== undefined)
  const sealed = names.map((name) => [name, texts(rule[name], MOST_NAMES).map(sealedLogin)])
  return { ...rule, ...(Object.fromEntries(sealed) as Thing) }
}

function severity(weakened: readonly string[]): Severity | undefined {
  return weakened.length > 0 ? 3 : undefined
}

/** When a rule was deleted is not stated: `updated_at` is its last edit. */
function times({ action }: WebhookEvent, rule: JsonObject): unknown[] {
  if (action === 'created') return [rule.created_at]
  return action === 'edited' ? [rule.updated_at] : []
}

function settingsPage({ action, repoUrl }: WebhookEvent, rule: JsonObject): string | undefined {
  const id = integer(rule.id)
  return action === 'deleted' || id === undefined
    ? below(repoUrl, 'settings', 'branches')
    : below(repoUrl, 'settings', 'branch_protection_rules', id)
}

function changes(event: WebhookEvent, rule: JsonObject, edits: JsonObject): DraftChange[] {
  // Real payloads carry more keys in `changes` than GitHub's schema names: all of them are kept.
  const settings = Object.keys(event.action === 'edited' ? edits : rule)
    .filter((name) => !NOT_SETTINGS.has(name))
    .slice(0, MOST_SETTINGS)
  return settings.flatMap((name) => {
    if (event.action === 'edited') return change(name, object(edits[name]).from, rule[name])
    return event.action === 'deleted'
      ? change(name, rule[name], undefined)
      : change(name, undefined, rule[name])
  })
}

function change(name: string, before: unknown, after: unknown): DraftChange[] {
  if (NAMES_OF_PEOPLE.has(name)) return namesChanged(name, before, after)
  // GitHub lists settings that were saved again as they were.
  if (isEqual(before, after)) return []
  return [{ path: text(name) ?? '', before: recorded(before), after: recorded(after) }]
}

function weakenedSettings(rule: JsonObject, edits: JsonObject): string[] {
  const weaker = Object.keys(edits).filter((name) =>
    isWeaker(name, object(edits[name]).from, rule[name]),
  )
  if (hasMorePushers(rule, edits)) weaker.push('authorized_actor_names')
  return weaker
}

/** More people may push past the restriction, unless the restriction itself is what is new. */
function hasMorePushers(rule: JsonObject, edits: JsonObject): boolean {
  const { authorized_actor_names: names, authorized_actors_only: only } = edits
  if (names === undefined || only !== undefined || rule.authorized_actors_only !== true)
    return false
  const before = new Set(list(object(names).from))
  return list(rule.authorized_actor_names).some((name) => !before.has(name))
}
