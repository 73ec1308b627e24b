import type { components } from './api-types.js'
import { answerChecker } from './check-answer.js'
import { ServerError } from './server-error.js'

export type Entry = components['schemas']['Entry']

const ENTRY = '/api/v1/entries/{reference}'

/** Reads the entries of a stream, which come without the answer that is checked as a whole. */
export function entryReader(): (value: unknown) => Entry {
  const check = answerChecker()
  return (value) => {
    const wrong = check(ENTRY, value)
    if (wrong === undefined) return value as Entry
    const message = `the server sends an entry that this version does not understand: ${wrong}`
    throw new ServerError('server.answer', message)
  }
}

/** `undefined` for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
