/** What a check found. `note`: in order, but good to know. `skipped`: it could not be looked at, and why. */
export type CheckStatus = 'ok' | 'note' | 'warn' | 'fail' | 'skipped'

export interface CheckResult {
  /** What was looked at: `configuration`, `database`, … Several results may have one name. */
  readonly name: string
  readonly status: CheckStatus
  /** One sentence; may quote what GitHub or PostgreSQL said. */
  readonly message: string
  /** What to do about it. */
  readonly remedy?: string | undefined
}

/** Results under one name. */
export interface Results {
  readonly ok: (message: string) => CheckResult
  readonly note: (message: string, remedy: string) => CheckResult
  readonly warn: (message: string, remedy: string) => CheckResult
  readonly fail: (message: string, remedy: string) => CheckResult
  readonly skipped: (message: string, remedy?: string) => CheckResult
}

export function resultsOf(name: string): Results {
  return {
    ok: (message) => ({ name, status: 'ok', message }),
    note: (message, remedy) => ({ name, status: 'note', message, remedy }),
    warn: (message, remedy) => ({ name, status: 'warn', message, remedy }),
    fail: (message, remedy) => ({ name, status: 'fail', message, remedy }),
    skipped: (message, remedy) => ({ name, status: 'skipped', message, remedy }),
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
