import type { z } from 'zod'

import { NAMED } from '../answers/named.js'
import type { Operation } from '../operations/index.js'
import { PROBLEMS, type ProblemCode } from '../problem-codes.js'
import { jsonSchema } from './json-schema.js'

/** What any operation can answer. */
const COMMON_ERRORS = [
  'api.parameter',
  'api.unauthorized',
  'api.scope',
  'api.limit',
  'unavailable',
  'api.internal',
] as const satisfies readonly ProblemCode[]

/** All that an operation can answer when something is wrong. */
export function errorsOf({ errors }: Pick<Operation, 'errors'>): readonly ProblemCode[] {
  return [...new Set([...errors, ...COMMON_ERRORS])]
}

export function describeOperation(one: Operation): object {
  const answers = { 200: success(one), ...problemAnswers(errorsOf(one)) }
  return {
    operationId: one.id,
    summary: one.summary,
    description: `${one.description} Needs the scope \`${one.scope}\`.`,
    parameters: parametersOf(one),
    responses: answers,
  }
}

function parametersOf({ path, parameters }: Operation): object[] {
  return Object.entries<z.ZodType>(parameters.shape).map(([name, schema]) => {
    const inPath = path.includes(`{${name}}`)
    const { description, ...rest } = jsonSchema(schema)
    const required = inPath || !schema.safeParse(undefined).success
    return { name, in: inPath ? 'path' : 'query', required, description, schema: rest }
  })
}

function success({ answer, type, streams, summary }: Operation): object {
  const id = NAMED.get(answer)?.id
  const schema = id === undefined ? jsonSchema(answer) : { $ref: `#/components/schemas/${id}` }
  const content: Record<string, object> = { [type ?? 'application/json']: { schema } }
  for (const other of streams?.types ?? []) content[other] = { schema: { type: 'string' } }
  return { description: summary, content }
}

function problemAnswers(codes: readonly ProblemCode[]): Record<string, object> {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].sort()
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      problemAnswer(codes.filter((code) => PROBLEMS[code].status === status)),
    ]),
  )
}

function problemAnswer(codes: readonly ProblemCode[]): object {
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    properties: { code: { enum: codes } },
  }
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    content: { 'application/problem+json': { schema } },
  }
}
