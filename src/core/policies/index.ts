export { policiesTable } from './document.js'
export { evaluatePolicies, POLICIES } from './registry.js'
export type { Policy, PolicyExample } from './policy.js'
