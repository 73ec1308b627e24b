export { addHold, listHolds, removeHold, type Hold, type HoldKind } from './holds.js'
export { planPrune, prune, type Prunable, type PrunePlan } from './prune.js'
