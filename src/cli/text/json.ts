import { printableJson } from '../../platform/index.js'

/** One line of JSON. */
export function jsonLine(value: unknown): string {
  return `${printableJson(JSON.stringify(value))}\n`
}

/** A JSON document for people and programs. */
export function jsonDocument(value: unknown): string {
  return `${printableJson(JSON.stringify(value, undefined, 2))}\n`
}
