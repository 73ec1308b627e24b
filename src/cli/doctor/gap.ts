import { EVENT_PERMISSIONS, type AppManifest } from '../../platform/index.js'

/** What an App or an installation of it was given. */
export interface Granted {
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

const LEVELS = ['read', 'write', 'admin']

/**
 * What app.yml asks for and was not given, each with what is not recorded without it; empty if nothing is missing.
 */
export function gapOf(wanted: AppManifest, granted: Granted): string[] {
  const missing = Object.entries(wanted.default_permissions).filter(
    ([name, level]) => !covers(granted.permissions[name], level),
  )
  const lost = new Set(missing.map(([name]) => name))
  const unsubscribed = wanted.default_events.filter(
    (event) => !granted.events.includes(event) && !lost.has(EVENT_PERMISSIONS[event] ?? ''),
  )
  return [
    ...missing.map(([name, level]) => `permission ${name}: ${level} (without it ${loss(name)})`),
    ...(unsubscribed.length > 0 ? [`events not subscribed: ${unsubscribed.join(', ')}`] : []),
  ]
}

function covers(given: string | undefined, wanted: string): boolean {
  return given !== undefined && LEVELS.indexOf(given) >= LEVELS.indexOf(wanted)
}

function loss(permission: string): string {
  const events = Object.keys(EVENT_PERMISSIONS).filter(
    (event) => EVENT_PERMISSIONS[event] === permission,
  )
  const none = `no ${events.join(', no ')}`
  return permission === 'checks' ? `no check run on commits, ${none}` : none
}
