import { ACTIONS } from '../domain/index.js'
import { nearestNames } from './nearest.js'
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

/** Names that were probably meant: written almost so, or made of the same words. */
export function actionsMeant(text: string): string[] {
  const aliases = Object.values(ACTIONS).flatMap(({ auditLog }) => auditLog ?? [])
  const near = nearestNames(text, [...Object.keys(ACTIONS), ...aliases])
  return near.length > 0 ? near : actionsSharing(wordsOf(text))
}

/** Actions with most of the words in their name, each as it begins: `secret.delete` is `secret.deleted`. */
function actionsSharing(words: readonly string[]): string[] {
  const shared = Object.keys(ACTIONS).map((name) => {
    const theirs = wordsOf(name)
    const count = words.filter((word) => theirs.some((other) => isLike(word, other))).length
    return { name, count }
  })
  const most = Math.max(...shared.map(({ count }) => count))
  if (most === 0) return []
  return shared
    .filter(({ count }) => count === most)
    .map(({ name }) => name)
    .slice(0, 3)
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z]/)
    .filter((word) => word.length > 2)
}

/** `deletion` and `deleted`, `runs` and `run`. */
function isLike(word: string, other: string): boolean {
  const length = Math.max(3, Math.min(word.length, other.length) - 2)
  return word.slice(0, length) === other.slice(0, length)
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
