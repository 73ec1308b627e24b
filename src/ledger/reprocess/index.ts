export { appendAmendment, recordReprocessing, type AmendingAct } from './amend.js'
export { countChosen } from './raw-deliveries.js'
export { readAgain, type Amendment, type Normalise, type Reread } from './read-again.js'
export { otherReadings, type OtherReadings, type ReadingPlace } from './replaced.js'
