import { readFileSync } from 'node:fs'

import type { Json, JsonObject } from '../../core/domain/index.js'

/** What goes into the blanks of a template. A blank that is a whole string takes any value. */
export type Blanks = Readonly<Record<string, Json>>

// From src/ and from dist/ alike: templates are data and are not compiled.
const FOLDER = new URL('../../../src/demo/story/templates/', import.meta.url)
const BLANK = /<([a-z_]+)>/g
const WHOLE = /^<([a-z_]+)>$/

const loaded = new Map<string, JsonObject>()

/**
 * One of GitHub's objects with our own names in it.
 * @param name a file in templates/: an example of `@octokit/webhooks-examples` with `<blanks>`
 * @throws if a blank has no value: a story that does not fit together shall not be told
 */
export function fill(name: string, blanks: Blanks): JsonObject {
  return fillObject(template(name), blanks)
}

/** A workflow file or another text of templates/, as it is. */
export function text(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8')
}

function template(name: string): JsonObject {
  const known = loaded.get(name)
  if (known) return known
  const parsed = JSON.parse(text(`${name}.json`)) as JsonObject
  loaded.set(name, parsed)
  return parsed
}

function fillObject(object: JsonObject, blanks: Blanks): JsonObject {
  const filled: Record<string, Json> = {}
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) filled[key] = fillValue(value, blanks)
  }
  return filled
}

function fillValue(value: Json, blanks: Blanks): Json {
  if (typeof value === 'string') return fillText(value, blanks)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one: Json) => fillValue(one, blanks))
  return fillObject(value as JsonObject, blanks)
}

function fillText(value: string, blanks: Blanks): Json {
  const whole = WHOLE.exec(value)?.[1]
  if (whole !== undefined) return blank(whole, blanks)
  return value.replaceAll(BLANK, (_, name: string) => plain(blank(name, blanks)))
}

function blank(name: string, blanks: Blanks): Json {
  const value = blanks[name]
  if (value === undefined) throw new Error(`A template asks for <${name}>, which nobody gave.`)
  return value
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
