import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

import { apiDescription } from '../../src/api/openapi/description.js'

interface Answers {
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}
interface Description {
  readonly paths: Readonly<Record<string, { readonly get: Answers }>>
}

export const description = apiDescription('1.2.3') as Description

/** Fields that the description does not name are a fault of it, although clients shall bear them. */
const strict = JSON.parse(
  JSON.stringify(description, (_name, value: unknown) =>
    isObjectSchema(value) ? { additionalProperties: false, ...value } : value,
  ),
) as Description

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema(strict, 'api')

/** What of an answer the description does not say; empty if all is as described. */
export async function undescribed(template: string, response: Response): Promise<string[]> {
  const type = response.headers.get('content-type')?.split(';', 1)[0] ?? ''
  const path = `/api/v1${template}`
  const status = String(response.status)
  const answer = description.paths[path]?.get.responses[status]
  const described = answer?.content[type]
  if (!described) return [`${path} does not say that it answers ${status} in ${type}`]
  const pointer = ['paths', path, 'get', 'responses', status, 'content', type, 'schema']
  const validate = ajv.compile({ $ref: `api#/${pointer.map(escaped).join('/')}` })
  validate(
    /^application\/(?:.+\+)?json$/.test(type) ? await response.json() : await response.text(),
  )
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  )
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function isObjectSchema(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'object' &&
    'properties' in value
  )
}
