import { forAll, ok, type Answer, type Call, type Route } from '../route.js'

/** What an installation may ask for in an hour. */
export const HOURLY_LIMIT = 5000

export const metaRoutes: readonly Route[] = [
  { id: 'meta/get', access: forAll, answer: get },
  { id: 'rate-limit/get', access: forAll, answer: rateLimit },
]

function get(): Answer {
  return ok({
    verifiable_password_authentication: false,
    installed_version: '3.19.0',
    hooks: ['127.0.0.1/32'],
  })
}

function rateLimit(call: Call): Answer {
  const { used, reset } = call.quota
  const core = { limit: HOURLY_LIMIT, remaining: Math.max(0, HOURLY_LIMIT - used), reset, used }
  const search = { limit: 30, remaining: 30, reset, used: 0 }
  return ok({ resources: { core, search, graphql: core }, rate: core })
}
