import { personal, type CiContext, type Personal } from '../../../core/domain/index.js'
import { LIMITS, object, text } from './payload.js'

/** GitHub allows fewer; what a repository dispatch carries has no such limit. */
const MOST_INPUTS = 50
const LONGEST_NAME = 100

/** Values by name, each sealed as the text of whoever sent it: inputs may hold anything, passwords too. */
export function sealedInputs(value: unknown): CiContext['inputs'] {
  const found: Record<string, Personal> = {}
  const entries = Object.entries(object(value)).slice(0, MOST_INPUTS)
  for (const [name, one] of entries) {
    const key = text(name, LONGEST_NAME) ?? ''
    // A payload's key may be `__proto__`.
    Object.defineProperty(found, key, { value: personal(textOf(one)), enumerable: true })
  }
  return entries.length > 0 ? found : undefined
}

export function countInputs(value: unknown): number | undefined {
  const count = Object.keys(object(value)).length
  return count > 0 ? count : undefined
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return text(value, LIMITS.comment) ?? ''
  return text(jsonOf(value), LIMITS.comment) ?? 'null'
}

/** `undefined` for what is nested so deeply that the stack does not hold it. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
