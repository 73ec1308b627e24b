/** What goes wrong, to which requests, how often. */
export interface Fault {
  /** GitHub's operationId; left out: every operation. */
  readonly operation?: string
  /** HTTP method; left out: every method. */
  readonly method?: string
  /** Matched against the path without `/api/v3` and query; left out: every path. */
  readonly path?: RegExp
  /** How many requests it hits: one when left out, `Infinity` for all. */
  readonly times?: number
  /** The answer: 500, 502, 403, 429, … Left out with `drop` or `delayMs`: none of its own. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the message that GitHub gives with the status. */
  readonly message?: string
  /** Closes the connection without an answer. */
  readonly drop?: boolean
  /** Waits before anything else happens. */
  readonly delayMs?: number
  /**
   * `before` (when left out): the request does nothing. `after`: it is carried out, and only the answer is lost;
   * the case that makes a client's retry write twice.
   */
  readonly moment?: 'before' | 'after'
}

export interface Faults {
  readonly add: (fault: Fault) => void
  /** Takes one use of the first fault that fits. */
  readonly take: (request: FaultTarget) => Fault | undefined
  readonly clear: () => void
}

interface FaultTarget {
  readonly operation: string | undefined
  readonly method: string
  readonly path: string
}

export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = []
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 })
    },
    take: (request) => {
      const found = waiting.find(({ fault }) => hits(fault, request))
      if (!found) return undefined
      found.left -= 1
      waiting = waiting.filter(({ left }) => left > 0)
      return found.fault
    },
    clear: () => {
      waiting = []
    },
  }
}

function hits(fault: Fault, request: FaultTarget): boolean {
  return (
    (fault.operation ?? request.operation) === request.operation &&
    (fault.method ?? request.method) === request.method &&
    (fault.path?.test(request.path) ?? true)
  )
}

/** GitHub's words for the faults that clients tell apart by them. */
export function faultMessage(fault: Fault): string {
  if (fault.message !== undefined) return fault.message
  if (fault.status === 403 || fault.status === 429) {
    return 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  }
  return fault.status === 404 ? 'Not Found' : 'Server Error'
}
