import {
  personal,
  type DraftChange,
  type JsonObject,
  type Personal,
} from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { links } from '../links.js'
import { LIMITS, list, object, text } from '../payload.js'
import { organizationSettings, placeLinks, placeTarget } from '../place.js'
import { isEqual, recorded } from '../recorded.js'
import { snapshot } from '../snapshot.js'

const NAMES = {
  created: 'custom_property.created',
  updated: 'custom_property.updated',
  deleted: 'custom_property.deleted',
  promote_to_enterprise: 'custom_property.promoted',
}
const MOST_VALUES = 100

/** What repositories are labelled with, and rulesets apply by: the definition, and a repository's values. */
export const customProperties: readonly Normaliser[] = [
  { event: 'custom_property', normalise: (event) => [definitionEntry(event)] },
  { event: 'custom_property_values', normalise: (event) => [valuesEntry(event)] },
  { event: 'organization_custom_property', normalise: (event) => [definitionEntry(event)] },
  { event: 'organization_custom_property_values', normalise: (event) => [valuesEntry(event)] },
]

function definitionEntry(event: WebhookEvent): ReturnType<typeof draft> {
  const definition = object(event.payload.definition)
  const name = text(definition.property_name)
  const id = `${String(event.account?.id ?? 'enterprise')}/${name ?? ''}`
  const isGone = event.action === 'deleted'
  return draft(event, {
    action: actionName(event, NAMES),
    at: event.action === 'created' ? [definition.created_at] : [definition.updated_at],
    targets: [{ type: 'custom_property', id: name, name }, ...placeTarget(event)],
    changes: definitionChanges(event, definition),
    snapshot: isGone ? undefined : snapshot('custom_property', id, sealed(definition)),
    links: settingsLinks(event),
    correlation: `custom_property:${id}`,
    labels: {
      values_editable_by: text(definition.values_editable_by, 60),
      not_stated: event.action === 'updated' ? 'before' : undefined,
    },
  })
}

/** Of a new or a changed definition what it says now; of a deleted one GitHub sends the name only. */
function definitionChanges({ action }: WebhookEvent, definition: JsonObject): DraftChange[] {
  if (action === 'promote_to_enterprise') {
    return [{ path: 'source_type', before: 'organization', after: 'enterprise' }]
  }
  const parts = Object.entries(sealed(definition)).filter(([name]) => !IDENTITY.has(name))
  return parts.map(([name, value]) => ({ path: text(name) ?? '', after: recorded(value) }))
}

const IDENTITY = new Set(['property_name', 'url', 'created_at', 'updated_at'])

function sealed(definition: JsonObject): JsonObject | Record<string, Personal> {
  const description = text(definition.description, LIMITS.comment)
  return description === undefined
    ? definition
    : { ...definition, description: personal(description) }
}

function valuesEntry(event: WebhookEvent): ReturnType<typeof draft> {
  return draft(event, {
    action: actionName(event, { updated: 'custom_property.values_changed' }),
    at: [],
    targets: placeTarget(event),
    changes: valueChanges(event),
    links: settingsLinks(event),
  })
}

function valueChanges({ payload }: WebhookEvent): DraftChange[] {
  const before = valuesByName(payload.old_property_values)
  const after = valuesByName(payload.new_property_values)
  const found: DraftChange[] = []
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? null, after.get(name) ?? null]
    if (!isEqual(was, is)) found.push({ path: name, before: recorded(was), after: recorded(is) })
  }
  return found
}

function valuesByName(values: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const one of list(values).slice(0, MOST_VALUES)) {
    const { property_name: name, value } = object(one)
    found.set(text(name) ?? '', value)
  }
  return found
}

function settingsLinks(event: WebhookEvent): ReturnType<typeof links> {
  const settings = organizationSettings(event, 'custom-properties')
  return [...links([['settings', settings]]), ...placeLinks(event)]
}
