import { z } from 'zod'

/** Schemas that the API's description names, so that each is written there once. */
export const NAMED = z.registry<{ readonly id: string }>()

/** @param id the schema's name in `components.schemas` */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  NAMED.add(schema, { id })
  return schema
}

/** One schema for each field of a type: the compiler says so when a field is missing, or is another one. */
export type Shape<Type> = {
  readonly [Field in keyof Required<Type>]: z.ZodType<Type[Field]>
}
