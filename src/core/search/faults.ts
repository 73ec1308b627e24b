import { QueryError, type QueryFault } from './query-error.js'

/** More would bury the first. */
const MAX_FAULTS = 20

/** What is wrong with a query, gathered while reading goes on behind each fault. */
export class Faults {
  readonly #found: QueryError[] = []
  #closed = false

  /** Whether nothing more is worth reading: a limit was passed, or there are too many faults already. */
  get closed(): boolean {
    return this.#closed
  }

  syntax(message: string, { position, length, suggestion }: QueryFault): void {
    if (this.#closed) return
    this.add(new QueryError('query.syntax', message, { position, length, suggestion }))
  }

  add(error: QueryError): void {
    if (this.#closed) return
    this.#found.push(error)
    if (this.#found.length >= MAX_FAULTS) this.#closed = true
  }

  /** The last fault: what would follow from it is not reported. */
  close(): void {
    this.#closed = true
  }

  /** What `read` gives, or nothing and one more fault. */
  attempt<Result>(read: () => Result): Result | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      this.add(error)
      return undefined
    }
  }

  /** As they stand in the text. */
  inOrder(): readonly QueryError[] {
    return this.#found.toSorted((one, other) => one.position - other.position)
  }
}
