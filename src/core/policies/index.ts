export { policiesTable } from './document.js'
export { evaluatePolicies, POLICIES } from './registry.js'
