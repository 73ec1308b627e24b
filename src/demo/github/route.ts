import type { App } from './app.js'
import { notFound, Refusal } from './refusal.js'
import { findRepository, installationReaches, type GitHubState, type Repository } from './state.js'
import type { InstallationToken, Tokens } from './tokens.js'

/** One permission of an App and how far it must go. */
type Need = readonly [permission: string, access: 'read' | 'write']

export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly need: Need }

/** One operation that the stand-in serves. */
export interface Route {
  /** GitHub's operationId; method and path come from the description. */
  readonly id: string
  readonly access: Access
  readonly answer: (call: Call) => Answer | Promise<Answer>
}

/** What the stand-in is made of, for the routes. */
export interface World {
  readonly state: GitHubState
  readonly apps: Map<number, App>
  /** The App that the state's installations belong to. */
  readonly mainAppId: number
  readonly tokens: Tokens
  /** Codes of the manifest flow, each good for one conversion. */
  readonly manifests: Map<string, unknown>
  readonly now: () => Date
}

export interface Call {
  readonly world: World
  /** Of the request, without the query. */
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  /** The caller, where the route's access says that there is one. */
  readonly app: App | undefined
  readonly token: InstallationToken | undefined
  readonly need: Need | undefined
  readonly accept: string
  /** Requests in this hour, and when the next begins (seconds since 1970). */
  readonly quota: { readonly used: number; readonly reset: number }
}

export interface Answer {
  readonly status: number
  /** JSON; undefined for no body. */
  readonly body?: unknown
  /** In place of JSON. */
  readonly text?: { readonly type: string; readonly content: string }
  readonly headers?: Readonly<Record<string, string>>
}

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, body, headers }
}

export function created(body: unknown): Answer {
  return { status: 201, body }
}

export const forApp: Access = { kind: 'app' }
export const forAll: Access = { kind: 'public' }

export function needs(permission: string, access: 'read' | 'write' = 'read'): Access {
  return { kind: 'installation', need: [permission, access] }
}

/** A parameter of the path. */
export function param(call: Call, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new RangeError(`The route's path has no parameter ${name}.`)
  return value
}

/** The App that calls, for routes with `forApp`. */
export function callingApp(call: Call): App {
  if (!call.app) throw new Refusal('unauthorized', 'A JSON web token could not be decoded')
  return call.app
}

/** The installation token of the call, for routes with `needs`. */
export function callingToken(call: Call): InstallationToken {
  if (!call.token) throw new Refusal('unauthorized', 'Requires authentication')
  return call.token
}

/**
 * The repository that the path names, once the caller may do what the route needs there.
 * @throws Refusal `not-found` where the caller must not learn that it exists, `forbidden` for a missing permission
 */
export function repositoryOf(call: Call): Repository {
  const token = callingToken(call)
  const found = findRepository(call.world.state, param(call, 'owner'), param(call, 'repo'))
  if (!found) throw notFound()
  if (isWithin(token, found)) {
    checkPermission(call)
    return found
  }
  if (found.visibility !== 'public') throw notFound()
  if (!isPublicRead(call.need)) throw notAccessible()
  return found
}

function isWithin(token: InstallationToken, repository: Repository): boolean {
  if (!installationReaches(token.installation, repository)) return false
  return token.repositories?.has(repository.id) ?? true
}

/** @throws Refusal `forbidden` */
function checkPermission(call: Call): void {
  const { token, need } = call
  if (token && need && !allows(token, need)) throw notAccessible()
}

function allows(token: InstallationToken, [permission, access]: Need): boolean {
  if (permission === 'metadata' && access === 'read') return true
  const granted = [token.permissions[permission], token.installation.permissions[permission]]
  return granted.every((level) => level === 'write' || level === 'admin' || level === access)
}

/** What anybody may read of a public repository. */
function isPublicRead(need: Need | undefined): boolean {
  const open = ['metadata', 'contents', 'issues', 'pull_requests', 'actions', 'checks', 'statuses']
  return need !== undefined && need[1] === 'read' && open.includes(need[0])
}

function notAccessible(): Refusal {
  return new Refusal('forbidden', 'Resource not accessible by integration')
}
