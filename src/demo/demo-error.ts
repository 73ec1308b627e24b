import { HooktrailError } from '../core/domain/index.js'

/** `arguments`: the command line cannot be meant. `process`: Hooktrail did not come up, or went away. */
export class DemoError extends HooktrailError<'demo.arguments' | 'demo.process'> {}
