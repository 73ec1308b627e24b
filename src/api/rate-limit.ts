import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { LRUCache } from 'lru-cache'

import type { ApiEnv } from './api-env.js'
import { problem } from './problem.js'

/** How often somebody may ask: `quota` at once, and as many again within `seconds`. */
interface Policy {
  readonly name: string
  readonly quota: number
  readonly seconds: number
}

/** Requests in a minute: a page that completes as somebody types asks a few times a second. */
export const USUAL_REQUESTS = 600
/** Whoever sends wrong tokens; right ones from the same address are not held up. */
const OF_ADDRESS: Policy = { name: 'address', quota: 60, seconds: 60 }
/** Tokens and addresses that are remembered; one that is forgotten begins anew. */
const REMEMBERED = 10_000

/** For what is behind `requireToken`: so many requests with one token, and the headers that say how many are left. */
export function limitToken(now: () => number, quota: number): MiddlewareHandler<ApiEnv> {
  const policy: Policy = { name: 'token', quota, seconds: 60 }
  const buckets = new Buckets(policy)
  return async (context, next) => {
    const left = buckets.take(context.get('access').id, now())
    if (left < 0) return tooMany(context, policy, left)
    say(context, policy, left)
    return next()
  }
}

/** Before `requireToken`: an address that sent many wrong tokens hears so, instead of that one more is wrong. */
export function limitWrongTokens(now: () => number): MiddlewareHandler<ApiEnv> {
  const buckets = new Buckets(OF_ADDRESS)
  return async (context, next) => {
    await next()
    if (context.res.status !== 401) return
    const left = buckets.take(addressOf(context), now())
    if (left < 0) context.res = tooMany(context, OF_ADDRESS, left)
  }
}

function addressOf({ env }: Context<ApiEnv>): string {
  const { incoming } = (env ?? {}) as Partial<HttpBindings>
  return incoming?.socket.remoteAddress ?? 'unknown'
}

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
function say(context: Context, { name, quota, seconds }: Policy, left: number): void {
  context.header('RateLimit-Policy', `"${name}";q=${String(quota)};w=${String(seconds)}`)
  const remaining = Math.max(0, Math.floor(left))
  context.header('RateLimit', `"${name}";r=${String(remaining)};t=${String(seconds)}`)
}

function tooMany(context: Context, policy: Policy, left: number): Response {
  const { name, quota, seconds } = policy
  const wait = Math.ceil((-left * seconds) / quota)
  say(context, policy, left)
  context.header('Retry-After', String(wait))
  const whose = name === 'token' ? 'requests with this token' : 'wrong tokens from this address'
  const detail = `more than ${String(quota)} ${whose} in ${String(seconds)} seconds: try again in ${String(wait)} s`
  return problem(context, { code: 'api.limit', detail })
}

interface Bucket {
  left: number
  at: number
}

/** Token buckets: each fills up evenly, and is full in the time of its policy. */
class Buckets {
  readonly #policy: Policy
  readonly #buckets = new LRUCache<string, Bucket>({ max: REMEMBERED })

  constructor(policy: Policy) {
    this.#policy = policy
  }

  /** How many are left after this one; below zero, it may not be. */
  take(whose: string, now: number): number {
    const { quota, seconds } = this.#policy
    const { left, at } = this.#buckets.get(whose) ?? { left: quota, at: now }
    const filled = Math.min(quota, left + (Math.max(0, now - at) * quota) / (seconds * 1000))
    const after = filled - 1
    // What is refused costs nothing, so that whoever waits as told gets through.
    this.#buckets.set(whose, { left: after < 0 ? filled : after, at: now })
    return after
  }
}
