import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

import { DESCRIPTION } from './answer-schemas.js'

/**
 * Checks an answer against the API's description: past here its type is what it is said to be, whoever sent it.
 * @param path as in the description: `/api/v1/entries/{reference}`
 * @returns what is wrong, and where; `undefined` if nothing is
 */
export type CheckAnswer = (path: string, answer: unknown) => string | undefined

/** Schemas are compiled when they are first needed. */
export function answerChecker(): CheckAnswer {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  ajv.addSchema(DESCRIPTION, 'api')
  const known = new Map<string, ValidateFunction>()
  return (path, answer) => {
    const validate = known.get(path) ?? ajv.compile({ $ref: `api#/answers/${pointer(path)}` })
    known.set(path, validate)
    if (validate(answer)) return undefined
    const [error] = validate.errors ?? []
    return `${error?.instancePath ?? ''} ${error?.message ?? 'is something else'}`.trim()
  }
}

function pointer(path: string): string {
  const step = path.replaceAll('~', '~0').replaceAll('/', '~1')
  return `${encodeURIComponent(step)}/application~1json/schema`
}
