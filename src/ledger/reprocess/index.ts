export { appendAmendment } from './amend.js'
export { readAgain, type Amendment, type Normalise, type Reread } from './read-again.js'
export { otherReadings, type OtherReadings, type ReadingPlace } from './replaced.js'
