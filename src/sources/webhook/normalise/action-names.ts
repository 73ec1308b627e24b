import type { WebhookEvent } from './event.js'

const LONGEST = 100

/**
 * `github.<event>.<action>` for what the registry has no name for. Both parts may be chosen by strangers
 * (`repository_dispatch`): lower snake case, at most 100 characters.
 */
export function fallbackAction(event: WebhookEvent): string {
  const parts = ['github', snake(event.name) || 'unnamed']
  const action = snake(event.action)
  if (action !== '') parts.push(action)
  return parts
    .join('.')
    .slice(0, LONGEST)
    .replace(/[._]+$/, '')
}

function snake(name: string): string {
  return name
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
}

/** The registered name for the event's action, or the fallback for actions that GitHub adds later. */
export function actionName(event: WebhookEvent, names: Readonly<Record<string, string>>): string {
  return (
    (Object.hasOwn(names, event.action) ? names[event.action] : undefined) ?? fallbackAction(event)
  )
}
