/**
 * The base of every error that Hooktrail raises on purpose: a code that programs read, a message that names
 * the value and the remedy for people, and the cause as it came. Expected outcomes (a duplicate, an ignored
 * event) are returned values, not errors.
 */
export class HooktrailError<Code extends string = string> extends Error {
  readonly code: Code

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}
