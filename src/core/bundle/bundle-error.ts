import { HooktrailError } from '../domain/index.js'
import { safeLine } from './safe-line.js'

/** `bundle.malformed`: this is no bundle. `bundle.false`: it is one, and something in it does not hold. */
export class BundleError extends HooktrailError<'bundle.malformed' | 'bundle.false'> {
  /** The entry that is concerned; `undefined` where it is the bundle as a whole. */
  readonly seq: number | undefined

  constructor(code: 'bundle.malformed' | 'bundle.false', message: string, seq?: number) {
    super(code, safeLine(seq === undefined ? message : `entry ${String(seq)}: ${message}`))
    this.seq = seq
  }
}
