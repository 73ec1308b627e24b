import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Description, Parameter } from './description.js'
import type { DescribedOperation } from './operations.js'

export interface SchemaProblem {
  readonly at: string
  readonly rule: string
  readonly message: string
}

export interface Schemas {
  /** @param at JSON pointer to a schema in the description */
  check(at: string, value: unknown): SchemaProblem[]
  /** Reads the text of a path or query parameter as the type that its schema asks for. */
  checkParameter(
    described: DescribedOperation,
    parameter: Parameter,
    values: readonly string[],
  ): SchemaProblem[]
  /** What the description says of an answer. */
  responseSchema(described: DescribedOperation, status: number): ExpectedBody
}

type ExpectedBody =
  | { readonly kind: 'json'; /** JSON pointer to its schema. */ readonly at: string }
  | { readonly kind: 'no body' }
  | { readonly kind: 'not described' }

const BASE = 'https://api.github.com/openapi'

export function createSchemas(description: Description): Schemas {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addFormat('timestamp', true)
  ajv.addSchema(description, BASE, false, false)
  const problems = (schema: object, value: unknown): SchemaProblem[] => {
    const validate = ajv.compile(schema)
    return validate(value) ? [] : (validate.errors ?? []).map(problemOf)
  }
  const references = new Map<string, { $ref: string }>()
  return {
    check(at, value) {
      // One object for one pointer: ajv keeps what it compiled by the schema's identity.
      const reference = references.get(at) ?? { $ref: `${BASE}#${at}` }
      references.set(at, reference)
      return problems(reference, value)
    },
    checkParameter(described, parameter, values) {
      const schema = parameter.schema ?? {}
      const value = typed(schema['type'], values)
      if (value === undefined) {
        const message = `must be ${String(schema['type'])}`
        return [{ at: parameter.name, rule: 'type', message }]
      }
      // Schemas of parameters hold no references, so they compile on their own.
      return problems(schema, value)
    },
    responseSchema: (described, status) => responseSchema(description, described, status),
  }
}

function problemOf(error: ErrorObject): SchemaProblem {
  return {
    at: error.instancePath || '/',
    rule: error.keyword,
    message: `${error.message ?? 'is not valid'} ${detail(error)}`.trim(),
  }
}

function detail(error: ErrorObject): string {
  const allowed: unknown = error.params['allowedValues']
  return Array.isArray(allowed) ? `(${allowed.join(', ')})` : ''
}

function typed(type: unknown, values: readonly string[]): unknown {
  const [first = ''] = values
  if (type === 'integer' || type === 'number')
    return /^-?\d+$/.test(first) ? Number(first) : undefined
  if (type === 'boolean') return ['true', 'false'].includes(first) ? first === 'true' : undefined
  if (type === 'array') return values
  return first
}

function responseSchema(
  description: Description,
  described: DescribedOperation,
  status: number,
): ExpectedBody {
  const at = [
    'paths',
    described.template,
    described.method.toLowerCase(),
    'responses',
    String(status),
  ]
  const response = described.operation.responses[String(status)]
  // GitHub describes few of its refusals; all of them have this shape.
  if (!response) {
    if (status < 400) return { kind: 'not described' }
    return { kind: 'json', at: '/components/schemas/basic-error' }
  }
  const [place, content] =
    '$ref' in response
      ? [response.$ref.slice(2).split('/'), sharedContent(description, response.$ref)]
      : [at, response.content]
  if (!content?.['application/json']) return { kind: 'no body' }
  return { kind: 'json', at: pointer([...place, 'content', 'application/json', 'schema']) }
}

function sharedContent(description: Description, reference: string) {
  return description.components.responses[reference.slice('#/components/responses/'.length)]
    ?.content
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-6 (in a URI fragment) */
export function pointer(parts: readonly string[]): string {
  return parts
    .map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('')
}
