import { HooktrailError } from '../../core/domain/index.js'

/**
 * Why nothing is signed:
 * - `signing.key`: the log's key is another one, or there is none;
 * - `signing.behind`: the database lacks entries that a checkpoint was signed for;
 * - `signing.fork`: the database has other entries than a checkpoint was signed for;
 * - `signing.damaged`: tiles and right edge of the tree do not agree.
 *
 * `signing.witnesses`: the file that names the witnesses cannot be used; checkpoints are signed, and none is shown.
 */
export type SigningErrorCode =
  'signing.key' | 'signing.behind' | 'signing.fork' | 'signing.damaged' | 'signing.witnesses'

/** It stays so until somebody looks. The message says why and what to do. */
export class SigningError extends HooktrailError<SigningErrorCode> {}
