import {
  APP_PERMISSIONS,
  entriesOf,
  permissionFor,
  type AppManifest,
  type AppPermission,
} from '../../platform/index.js'

/** What an App or an installation of it was given. */
export interface Granted {
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

/** Something that the manifest asks for and was not given. */
export interface Gap {
  readonly isCore: boolean
  /** For example `permission members: read (without it no entries member.*, team.*)`. */
  readonly text: string
}

const LEVELS = ['read', 'write', 'admin']

/**
 * What the manifest asks for and was not given, permission by permission and event by event, each with the entries that
 * are not seen without it; empty if nothing is missing.
 */
export function gapOf(wanted: AppManifest, granted: Granted): Gap[] {
  const missing = Object.entries(wanted.default_permissions).filter(
    ([name, level]) => !covers(granted.permissions[name], level),
  )
  const lost = new Set(missing.map(([name]) => name))
  const unsubscribed = wanted.default_events.filter(
    (event) => !granted.events.includes(event) && !lost.has(permissionFor(event)?.name ?? ''),
  )
  return [
    ...missing.map(([name, level]) => missingPermission(name, level)),
    ...unsubscribed.map(missingEvent),
  ]
}

function covers(given: string | undefined, wanted: string): boolean {
  return given !== undefined && LEVELS.indexOf(given) >= LEVELS.indexOf(wanted)
}

function missingPermission(name: string, level: string): Gap {
  const known = APP_PERMISSIONS.find((one) => one.name === name)
  const text = `permission ${name}: ${level} (without it ${loss(known)})`
  return { isCore: known?.need === 'core', text }
}

function missingEvent(event: string): Gap {
  const text = `event ${event}: not subscribed (without it no entries ${entries([event])})`
  return { isCore: permissionFor(event)?.need === 'core', text }
}

function loss(permission: AppPermission | undefined): string {
  if (!permission) return 'nobody here knows what is missing: it is in your manifest only'
  const { name, events, more = [] } = permission
  const none = `no entries ${entries([...events, ...more])}`
  return name === 'checks' ? `no check run on commits, ${none}` : none
}

function entries(events: readonly string[]): string {
  return entriesOf(events).join(', ') || 'of its own'
}
