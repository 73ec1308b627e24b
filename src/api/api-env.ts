import type { Access } from './access.js'

/** What middleware leaves for the handlers behind it. */
export interface ApiEnv {
  readonly Variables: {
    readonly requestId: string
    /** Set for every request below /api/v1 that carries a token of ours. */
    readonly access: Access
  }
}
