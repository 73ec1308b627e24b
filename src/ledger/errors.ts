import { HooktrailError } from '../core/domain/index.js'

/** `unavailable`: the database is away or refused; nothing of the batch was acknowledged, so try again. */
export class LedgerError extends HooktrailError<'unavailable' | 'corrupt'> {}
