import { SCOPES } from '../../ledger/index.js'
import { NAMED } from '../answers/named.js'
import { OPERATIONS } from '../operations/index.js'
import { describeOperation } from './describe-operation.js'
import { componentSchemas } from './json-schema.js'
import { PROBLEM_SCHEMA } from './problem-schema.js'

/**
 * The description of /api/v1 in OpenAPI 3.1, from the schemas that requests are validated with.
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function apiDescription(version: string): object {
  const paths: Record<string, object> = {}
  for (const one of OPERATIONS) paths[`/api/v1${one.path}`] = { get: describeOperation(one) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hooktrail',
      version,
      description:
        'The flight recorder of CI/CD on GitHub: ask its log. Tokens, limits and examples: docs/api.md.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: { ...componentSchemas(NAMED), Problem: PROBLEM_SCHEMA },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: scopesInWords() },
      },
    },
  }
}

function scopesInWords(): string {
  const scopes = Object.entries(SCOPES).map(([name, says]) => `\`${name}\`: ${says}`)
  return `From \`hooktrail token create\`, or HOOKTRAIL_API_TOKEN, which allows everything. ${scopes.join('; ')}.`
}
