import type {
  DraftChange,
  EntryDraft,
  JsonObject,
  Severity,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { links, page } from '../links.js'
import { integer, list, object, text } from '../payload.js'
import { bypassPeople, editedRuleset, weakenings, wholeRuleset } from '../ruleset.js'
import { snapshot } from '../snapshot.js'

const NAMES = { created: 'ruleset.created', edited: 'ruleset.edited', deleted: 'ruleset.deleted' }

/** Rules on branches, tags or pushes, of a repository or of the whole organization. */
export const repositoryRuleset: Normaliser = {
  event: 'repository_ruleset',
  normalise: (event) => [rulesetEntry(event, object(event.payload.repository_ruleset))],
}

function rulesetEntry(event: WebhookEvent, ruleset: JsonObject): EntryDraft {
  const edits = object(event.payload.changes)
  const weakened = event.action === 'edited' ? weakenings(ruleset, edits) : []
  const id = integer(ruleset.id)
  const url = page(object(object(ruleset._links).html).href)
  return draft(event, {
    action: actionName(event, NAMES),
    at: times(event, ruleset),
    severity: severity(event, ruleset, weakened),
    targets: [{ type: 'ruleset', id, name: text(ruleset.name), url }, ...bypassPeople(ruleset)],
    changes: changes(event, ruleset, edits),
    snapshot:
      event.action === 'deleted' ? undefined : snapshot('ruleset', ruleset.id, whole(ruleset)),
    links: links([
      ['settings', url],
      ['repository', event.repoUrl],
    ]),
    correlation: id === undefined ? undefined : `ruleset:${String(id)}`,
    labels: {
      enforcement: text(ruleset.enforcement, 40),
      ruleset_target: text(ruleset.target, 40),
      ruleset_source: text(ruleset.source_type, 40),
      not_stated: event.action === 'edited' ? 'bypass_actors' : undefined,
      bypass_actors: list(ruleset.bypass_actors).length,
      weakened: weakened.length > 0 || (event.action === 'deleted' && isEnforced(ruleset)),
      weakened_by: weakened.length > 0 ? weakened.join(', ') : undefined,
    },
  })
}

/** Without whether whoever edited it may bypass it: that differs by editor. */
function whole(ruleset: JsonObject): JsonObject {
  return { ...ruleset, current_user_can_bypass: undefined }
}

function times({ action }: WebhookEvent, ruleset: JsonObject): unknown[] {
  if (action === 'created') return [ruleset.created_at]
  return action === 'edited' ? [ruleset.updated_at] : []
}

function severity(
  { action }: WebhookEvent,
  ruleset: JsonObject,
  weakened: readonly string[],
): Severity | undefined {
  if (action === 'edited') return weakened.length > 0 ? 3 : undefined
  return action === 'deleted' && !isEnforced(ruleset) ? 1 : undefined
}

function isEnforced(ruleset: JsonObject): boolean {
  return ruleset.enforcement !== 'disabled' && ruleset.enforcement !== 'evaluate'
}

function changes({ action }: WebhookEvent, ruleset: JsonObject, edits: JsonObject): DraftChange[] {
  if (action === 'edited') return editedRuleset(ruleset, edits)
  return wholeRuleset(ruleset, action === 'deleted' ? 'before' : 'after')
}
