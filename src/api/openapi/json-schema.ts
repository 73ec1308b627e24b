import { z } from 'zod'

export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON Schema of one value, as it is after reading; `{}` stands for any JSON. */
export function jsonSchema(schema: z.core.$ZodType): z.core.JSONSchema.JSONSchema {
  const described = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  // The description of an API says it once, for all of its schemas.
  delete described.$schema
  return described
}

/** The schemas of a registry, which refer to one another as OpenAPI's components do. */
export function componentSchemas(
  registry: z.core.$ZodRegistry<{ readonly id: string }>,
): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: 'any',
    override: ({ jsonSchema: described }) => {
      // A field that a later version adds shall break no client.
      delete described.additionalProperties
    },
  })
  for (const described of Object.values(schemas)) {
    delete described.$schema
    delete described.$id
  }
  return schemas
}
