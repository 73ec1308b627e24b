export { readLogKeys, type LogKeyPeriod } from './log-identity.js'
export {
  latestCheckpoint,
  newestSigned,
  publishedSize,
  readProofFile,
  type EntryProofFile,
  type PublishedCheckpoint,
} from './read-checkpoint.js'
export { readEntryBundle, tileReader } from './read-tiles.js'
export {
  requireSignable,
  signCheckpoint,
  type SignerParts,
  type SigningOutcome,
} from './sign-checkpoint.js'
export type { KnownHead } from './known-heads.js'
export {
  examineWitnesses,
  type ExaminedWitness,
  type ExaminedWitnesses,
} from './examine-witnesses.js'
export { keepSigning, type Signing } from './keep-signing.js'
export { openSigner } from './open-signer.js'
export { describePolicy, rotateLogKey, type Rotation } from './rotate-key.js'
export { SigningError } from './signing-error.js'
export { watchWitnesses } from './watch-witnesses.js'
export { readWitnessPolicy } from './witness-policy.js'
