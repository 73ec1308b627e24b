import type { Description, Parameter } from './description.js'
import { indexOperations, type DescribedOperation, type FindOperation } from './operations.js'
import { createSchemas, pointer, type SchemaProblem, type Schemas } from './schemas.js'

/** One way in which a request or a response is not what GitHub describes. */
export interface Violation {
  /** `checks/create`, or method and path where no operation fits. */
  readonly operation: string
  readonly in: 'operation' | 'path' | 'query' | 'request body' | 'response'
  /** A parameter's name or a JSON pointer into the body. */
  readonly at: string
  /** The broken rule, by its JSON Schema keyword where there is one. */
  readonly rule: string
  readonly message: string
}

export interface ApiRequest {
  readonly method: string
  /** Without the query; `/api/v3` in front is allowed. */
  readonly path: string
  readonly query?: URLSearchParams
  /** Parsed JSON; undefined for none. */
  readonly body?: unknown
}

export interface ApiResponse {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body?: unknown
}

export interface OpenApiValidator {
  readonly operations: readonly DescribedOperation[]
  readonly find: FindOperation
  /** What is wrong with a request; empty when GitHub would understand all of it. */
  request(request: ApiRequest): Violation[]
  /** What is wrong with a JSON response; a status that is described nowhere must be an error with a message. */
  response(response: ApiResponse): Violation[]
}

/** Schemas are compiled when an operation is first seen: compiling all of GitHub's takes seconds. */
export function createOpenApiValidator(description: Description): OpenApiValidator {
  const { all, find } = indexOperations(description)
  const schemas = createSchemas(description)
  return {
    operations: all,
    find,
    request(request) {
      const match = find(request.method, request.path)
      if (!match) return [unknownOperation(request)]
      const { described, params } = match
      return [
        ...checkPath(described, params, schemas),
        ...checkQuery(described, request.query ?? new URLSearchParams(), schemas),
        ...checkBody(described, request.body, schemas),
      ]
    },
    response(response) {
      const match = find(response.method, response.path)
      if (!match) return [unknownOperation(response)]
      return checkResponse(match.described, response, schemas)
    },
  }
}

function unknownOperation({ method, path }: { method: string; path: string }): Violation {
  const message = 'is not among the operations of src/demo/github-openapi.json'
  return { operation: `${method} ${path}`, in: 'operation', at: path, rule: 'operation', message }
}

function checkPath(
  described: DescribedOperation,
  params: Readonly<Record<string, string>>,
  schemas: Schemas,
): Violation[] {
  const violations: Violation[] = []
  for (const parameter of described.parameters) {
    const value = params[parameter.name]
    if (parameter.in !== 'path' || value === undefined) continue
    violations.push(...checkValue(described, parameter, [value], schemas))
  }
  return violations
}

function checkQuery(
  described: DescribedOperation,
  query: URLSearchParams,
  schemas: Schemas,
): Violation[] {
  const violations: Violation[] = []
  const known = new Map<string, Parameter>()
  for (const parameter of described.parameters) {
    if (parameter.in === 'query') known.set(parameter.name, parameter)
  }
  for (const name of new Set(query.keys())) {
    const parameter = known.get(name.replace(/\[\]$/, ''))
    if (parameter) violations.push(...checkValue(described, parameter, query.getAll(name), schemas))
    else violations.push(unknown(described, 'query', name))
  }
  for (const { name, required } of known.values()) {
    if (required && !query.has(name)) violations.push(missing(described, 'query', name))
  }
  return violations
}

function checkValue(
  described: DescribedOperation,
  parameter: Parameter,
  values: readonly string[],
  schemas: Schemas,
): Violation[] {
  const place = parameter.in === 'path' ? 'path' : 'query'
  const problems = schemas.checkParameter(described, parameter, values)
  return problems.map((problem) => violation(described, place, { ...problem, at: parameter.name }))
}

function checkBody(described: DescribedOperation, body: unknown, schemas: Schemas): Violation[] {
  const expected = described.operation.requestBody
  if (body === undefined) return expected?.required ? [missing(described, 'request body', '/')] : []
  const content = expected?.content['application/json']
  if (!content?.schema) return [unknown(described, 'request body', '/')]
  const at = [...place(described), 'requestBody', 'content', 'application/json', 'schema']
  const problems = schemas.check(pointer(at), body)
  const strangers = unknownMembers(content.schema, body)
  return [
    ...problems.map((problem) => violation(described, 'request body', problem)),
    ...strangers.map((name) => unknown(described, 'request body', `/${name}`)),
  ]
}

/** GitHub ignores members that it does not know; for a client that sends one it is a mistake all the same. */
function unknownMembers(schema: Readonly<Record<string, unknown>>, body: unknown): string[] {
  const { properties } = schema
  if (typeof properties !== 'object' || properties === null || schema['additionalProperties'])
    return []
  if (typeof body !== 'object' || body === null) return []
  return Object.keys(body).filter((name) => !Object.hasOwn(properties, name))
}

function checkResponse(
  described: DescribedOperation,
  { status, body }: ApiResponse,
  schemas: Schemas,
): Violation[] {
  const found = schemas.responseSchema(described, status)
  if (found.kind === 'not described') {
    const message = `answered ${String(status)}, which GitHub does not describe`
    return [violation(described, 'response', { at: '/', rule: 'status', message })]
  }
  if (found.kind === 'no body') {
    if (body === undefined) return []
    return [violation(described, 'response', { at: '/', rule: 'body', message: 'has a body' })]
  }
  return schemas.check(found.at, body).map((problem) => violation(described, 'response', problem))
}

function place(described: DescribedOperation): string[] {
  return ['paths', described.template, described.method.toLowerCase()]
}

function violation(
  described: DescribedOperation,
  where: Violation['in'],
  problem: SchemaProblem,
): Violation {
  return { operation: described.id, in: where, ...problem }
}

function missing(described: DescribedOperation, where: Violation['in'], at: string): Violation {
  return violation(described, where, { at, rule: 'required', message: 'is missing' })
}

function unknown(described: DescribedOperation, where: Violation['in'], at: string): Violation {
  return violation(described, where, { at, rule: 'unknown', message: 'is not known to GitHub' })
}

/** One line for a person. */
export function describeViolation(found: Violation): string {
  return `${found.operation}: ${found.in} ${found.at} ${found.message} (${found.rule})`
}
