export { erasePerson, planErasure, type Erasure, type ErasurePlan } from './erase-person.js'
export { findPerson, type Subject } from './find-person.js'
export { personEntries, type PersonEntry } from './person-texts.js'
