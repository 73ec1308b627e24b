import type { Json } from '../../core/domain/index.js'

const WIDTH = 160

/** JSON for reading and for `git diff`: what fits into a line stands in one, other members have a line each. */
export function printed(value: Json, indent = ''): string {
  const line = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH) {
    return line
  }
  const deeper = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((one: Json) => deeper + printed(one, deeper))
    : Object.entries(value).map(
        ([name, one]) => `${deeper}${JSON.stringify(name)}: ${printed(one ?? null, deeper)}`,
      )
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${String(open)}\n${lines.join(',\n')}\n${indent}${String(close)}`
}
