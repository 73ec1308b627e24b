import { readFileSync } from 'node:fs'

import type { Json, JsonObject } from '../../src/core/domain/index.js'

/** The part of OpenAPI 3.1 that GitHub's description of its webhooks uses. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly format?: string
  readonly default?: Json
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

interface Description {
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly 'x-github': { readonly subcategory: string }
  readonly requestBody: { readonly content: { readonly 'application/json': { schema: Schema } } }
}

/** A payload made from its schema alone: every member is there, each list has one member, nulls are avoided. */
export interface SchemaPayload {
  readonly event: string
  readonly payload: JsonObject
}

/** One payload for each event and action that a server of this kind (`ghec`, `ghes-3.19`) sends. */
export function schemaPayloads(server: string): SchemaPayload[] {
  const file = `node_modules/@octokit/openapi-webhooks/generated/${server}.json`
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description
  return Object.values(description.webhooks).map(({ post }) => {
    const event = post['x-github'].subcategory.replaceAll('-', '_')
    const sampler = new Sampler(description.components.schemas)
    const payload = sampler.sample(post.requestBody.content['application/json'].schema, event)
    return { event, payload: payload as JsonObject }
  })
}

/** Deeper than GitHub's payloads go; schemas may contain themselves. */
const MOST_DEPTH = 12

class Sampler {
  readonly #schemas: Description['components']['schemas']

  constructor(schemas: Description['components']['schemas']) {
    this.#schemas = schemas
  }

  sample(schema: Schema, name: string, depth = 0): Json {
    if (depth > MOST_DEPTH) return null
    const whole = this.#whole(schema)
    const chosen = chosenValue(whole)
    if (chosen !== undefined) return chosen
    const type = [whole.type ?? 'object'].flat().find((one) => one !== 'null')
    if (type === 'object') return this.#object(whole, depth)
    if (type !== 'array') return scalar(type, whole.format, name)
    return whole.items ? [this.sample(whole.items, name, depth + 1)] : []
  }

  #object({ properties = {} }: Schema, depth: number): JsonObject {
    const members = Object.entries(properties)
    return Object.fromEntries(
      members.map(([name, schema]) => [name, this.sample(schema, name, depth + 1)]),
    )
  }

  /** What a reference stands for, the first choice of several, and all that must hold together. */
  #whole(schema: Schema): Schema {
    const named = schema.$ref === undefined ? schema : this.#resolve(schema.$ref)
    const choices = (named.oneOf ?? named.anyOf ?? []).filter(({ type }) => type !== 'null')
    const parts = [...choices.slice(0, 1), ...(named.allOf ?? [])].map((part) => this.#whole(part))
    if (parts.length === 0) return named
    const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as object
    const merged = Object.assign({}, ...parts, named) as Schema
    return { ...merged, properties: { ...properties, ...named.properties } }
  }

  #resolve(ref: string): Schema {
    return this.#schemas[ref.slice(ref.lastIndexOf('/') + 1)] ?? {}
  }
}

function chosenValue({
  const: only,
  enum: choices = [],
  default: preset,
}: Schema): Json | undefined {
  return [only, ...choices, preset].find((value) => value !== undefined && value !== null)
}

/** Values that look like what the name promises, the same in every run. */
const TEXTS: readonly (readonly [name: RegExp, text: string])[] = [
  [/_at$|^date-time /, '2026-10-30T09:00:00Z'],
  [/ html_url$/, 'https://github.com/acme/shop'],
  [/url$|^uri /, 'https://api.github.com/some'],
  [/[ _](?:sha|oid|commit_id)$/, '5'.repeat(40)],
  [/ full_name$/, 'acme/shop'],
  [/ type$/, 'User'],
  [/ ref$/, 'refs/heads/main'],
]

function scalar(type: string | undefined, format: string | undefined, name: string): Json {
  if (type === 'boolean') return false
  if (type !== 'string') return name === 'run_attempt' ? 1 : 4711
  const known = TEXTS.find(([pattern]) => pattern.test(`${format ?? ''} ${name}`))
  return known?.[1] ?? `some ${name}`
}
