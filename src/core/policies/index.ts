export { policiesTable } from './document.js'
export { evaluatePolicies, POLICIES, WATCHED_ACTIONS } from './registry.js'
