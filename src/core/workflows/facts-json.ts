import type { Json } from '../domain/index.js'

/** Facts or changes as JSON: members in snake case, maps as objects, what is absent left out. */
export function factsJson(value: unknown): Json {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, one]) => [String(key), factsJson(one)]))
  }
  if (Array.isArray(value)) return value.map(factsJson)
  if (typeof value === 'object' && value !== null) {
    const present = Object.entries(value).filter(([, one]) => one !== undefined)
    return Object.fromEntries(present.map(([key, one]) => [snakeCase(key), factsJson(one)]))
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
