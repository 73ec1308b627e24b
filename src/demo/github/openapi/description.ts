import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The parts of an OpenAPI 3.1 description that requests and responses are checked against. */
export type Description = z.infer<typeof descriptionSchema>
export type Operation = z.infer<typeof operationSchema>
export type Parameter = z.infer<typeof parameterSchema>

const referenceSchema = z.object({ $ref: z.string() })
const schemaSchema = z.looseObject({})
const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema.optional() }))

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema: schemaSchema.optional(),
  /** Octokit's mark for parameters whose value may hold slashes. */
  'x-multi-segment': z.boolean().optional(),
})

const responseSchema = z.object({ content: contentSchema.optional() })

const operationSchema = z.object({
  operationId: z.string(),
  parameters: z.array(z.union([referenceSchema, parameterSchema])).optional(),
  requestBody: z.object({ required: z.boolean().optional(), content: contentSchema }).optional(),
  responses: z.record(z.string(), z.union([referenceSchema, responseSchema])),
})

const descriptionSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({
    parameters: z.record(z.string(), parameterSchema),
    responses: z.record(z.string(), responseSchema),
    schemas: z.record(z.string(), schemaSchema),
  }),
})

/**
 * GitHub's own description, cut down to what the stand-in serves.
 * @see https://github.com/octokit/openapi (MIT)
 */
export function readGitHubDescription(): Description {
  // tsc copies no JSON: both src/demo/github/openapi and dist/demo/github/openapi read the one file in src.
  const file = new URL('../../../../src/demo/github-openapi.json', import.meta.url)
  return descriptionSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
