import { printable } from '../printable.js'

/** A line of JSON as a line for people: `04:13:09.120 WARN  sentence key=value`, a stack indented below. */
export function prettyLine(line: string): string {
  const { level, time, msg, ...fields } = parseLine(line)
  const clock = typeof time === 'string' ? `${time.slice(11, 23)} ` : ''
  const name = typeof level === 'string' ? level.toUpperCase().padEnd(5) : 'INFO '
  const rest = Object.entries(fields).map(([key, value]) => field(key, value))
  return `${[clock + name, typeof msg === 'string' ? printable(msg) : '', ...rest].filter(Boolean).join(' ')}\n`
}

function parseLine(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line)
  return typeof value === 'object' && value !== null ? { ...value } : { msg: line }
}

function field(key: string, value: unknown): string {
  if (typeof value === 'string' && /^[\w./:@+-]+$/.test(value)) return `${key}=${value}`
  const stack = stackOf(value)
  if (stack === undefined) return `${key}=${printable(JSON.stringify(value))}`
  return `\n${stack
    .split('\n')
    .map((line) => `    ${printable(line)}`)
    .join('\n')}`
}

/** The stacks of an error and of its causes. */
function stackOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('stack' in value)) return undefined
  const { stack, cause }: { stack: unknown; cause?: unknown } = value
  if (typeof stack !== 'string') return undefined
  const below = stackOf(cause)
  return below === undefined ? stack : `${stack}\ncaused by ${below}`
}
