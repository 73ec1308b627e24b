import type { Account } from './accounts.js'
import type { Delivery, Hook } from './deliveries.js'
import type { Installation } from './installations.js'
import type { Repository } from './repositories.js'

/**
 * What the stand-in knows. One object, changed in place by the functions of this folder; it reads no clock, so
 * every change that GitHub would stamp takes its time as an argument.
 */
export interface GitHubState {
  /** Where the stand-in answers, without a slash at the end: every link in its answers begins with it. */
  url: string
  readonly accounts: Map<number, Account>
  readonly repositories: Map<number, Repository>
  readonly installations: Map<number, Installation>
  /** Oldest first; what `GET /app/hook/deliveries` lists. */
  readonly deliveries: Delivery[]
  /** The App's webhook, once a deliverer was made for it. */
  hook: Hook | null
  /** A number that no other object of this state has. */
  readonly nextId: () => number
}

/** @param url only for states that are never served; `startStandIn` sets the real one */
export function createGitHubState(url = 'http://127.0.0.1'): GitHubState {
  let last = 1_000_000
  return {
    url,
    accounts: new Map(),
    repositories: new Map(),
    installations: new Map(),
    deliveries: [],
    hook: null,
    nextId: () => ++last,
  }
}
