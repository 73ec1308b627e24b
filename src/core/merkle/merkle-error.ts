/** What was read is not what it should be. */
export type MerkleErrorCode =
  | 'merkle.note'
  | 'merkle.signature'
  | 'merkle.key'
  | 'merkle.checkpoint'
  | 'merkle.proof'
  | 'merkle.policy'
  | 'merkle.tile'
  | 'merkle.request'

/**
 * Foreign text or bytes are refused. Messages say what is wrong and quote nothing of what was read, beyond names of keys
 * that the reader configured.
 */
export class MerkleError extends Error {
  readonly code: MerkleErrorCode

  constructor(code: MerkleErrorCode, message: string) {
    super(message)
    this.name = 'MerkleError'
    this.code = code
  }
}
