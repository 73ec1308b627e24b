import { ACTIONS } from '../domain/index.js'
import { nearest } from './nearest.js'
import type { TextMatch } from './query.js'

/** An event that the registry does not know is recorded under this, so any name behind it may exist. */
const UNREGISTERED = 'github.'

/**
 * What an action's name as written stands for: itself, or the actions that GitHub's audit log knows by it.
 * A prefix stands for both. Empty when nothing is called so.
 */
export function resolveAction({ match, text }: TextMatch): TextMatch[] {
  if (match === 'prefix') return resolvePrefix(text)
  if (Object.hasOwn(ACTIONS, text) || text.startsWith(UNREGISTERED)) {
    return [{ match: 'equals', text }]
  }
  return actionsNamed((name) => name === text)
}

/** The name that was probably meant. */
export function nearestAction(text: string): string | undefined {
  const aliases = Object.values(ACTIONS).flatMap(({ auditLog }) => auditLog ?? [])
  return nearest(text, [...Object.keys(ACTIONS), ...aliases])
}

function resolvePrefix(text: string): TextMatch[] {
  const known = Object.keys(ACTIONS).some((name) => name.startsWith(text))
  const unregistered = text.startsWith(UNREGISTERED) || UNREGISTERED.startsWith(text)
  const itself: TextMatch[] = known || unregistered ? [{ match: 'prefix', text }] : []
  const aliased = actionsNamed((name) => name.startsWith(text))
  return [...itself, ...aliased.filter((action) => !action.text.startsWith(text))]
}

function actionsNamed(wanted: (auditLogName: string) => boolean): TextMatch[] {
  return Object.entries(ACTIONS)
    .filter(([, { auditLog }]) => auditLog?.some(wanted))
    .map(([text]) => ({ match: 'equals', text }))
}
