import { HooktrailError } from '../core/domain/index.js'

/**
 * Why a server gave no answer; the message says what to do.
 *
 * - `server.away`: it does not answer now, or asks to come later;
 * - `server.address`: what answers there is no Hooktrail, or must not be given a token;
 * - `server.token`: the token is missing, not valid, or does not allow this;
 * - `server.refused`: it does not take what was asked;
 * - `server.answer`: it answers something that this version does not understand.
 */
export class ServerError extends HooktrailError<
  'server.away' | 'server.address' | 'server.token' | 'server.refused' | 'server.answer'
> {}
