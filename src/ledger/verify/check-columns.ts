import { canonicalJson, type Json, type JsonObject } from '../../core/domain/index.js'
import type { BinaryRow } from './copy-rows.js'
import { parseLeafJson } from '../fit-leaf.js'
import { leafColumns, type LeafColumns } from '../leaf-columns.js'
import type { Complain } from './report.js'

/** An empty leaf has every column, of the kind that it always has. */
const EMPTY = leafColumns({})
const NAMES = Object.keys(EMPTY) as (keyof LeafColumns)[]

/** The columns of log_entry as text, in the order in which `checkColumns` takes them; first the delivery. */
export const COLUMNS_AS_TEXT: readonly string[] = [
  'delivery::text',
  ...NAMES.map((name) => (Array.isArray(EMPTY[name]) ? `to_json(${name})::text` : `${name}::text`)),
]

/**
 * Reads a leaf and compares what log_entry repeats of it.
 * @returns the leaf; `undefined` if it is none
 */
export function checkColumns(
  seq: number,
  bytes: Uint8Array,
  columns: BinaryRow,
  complain: Complain,
): JsonObject | undefined {
  const leaf = readLeaf(seq, bytes, complain)
  if (!leaf) return undefined
  const expected = leafColumns(leaf)
  for (const [index, name] of NAMES.entries()) {
    const stored = columns[index + 1]?.toString('utf8')
    if (stored === asText(name, expected[name])) continue
    complain({ seq, where: 'log_entry', what: `column ${name} differs from the leaf` })
  }
  return leaf
}

function readLeaf(seq: number, bytes: Uint8Array, complain: Complain): JsonObject | undefined {
  let what = 'the leaf is not a JSON object'
  try {
    const leaf = parseLeafJson(bytes)
    if (Buffer.compare(Buffer.from(canonicalJson(leaf)), bytes) === 0) return leaf
    what = 'the leaf is not in canonical form'
  } catch {
    // The same finding, whatever it is instead.
  }
  complain({ seq, where: 'log_entry', what })
  return undefined
}

/** A value as PostgreSQL writes it; `undefined` for NULL. */
function asText(name: string, value: Json | undefined): string | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string' && name.endsWith('_at')) return timeText(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `2026-11-01T09:59:59.120Z` → `2026-11-01 09:59:59.12+00`, in a session whose time zone is UTC. */
function timeText(iso: string): string {
  const [seconds = '', milliseconds = ''] = iso.slice(0, -1).split('.')
  const fraction = milliseconds.replace(/0+$/, '')
  return `${seconds.replace('T', ' ')}${fraction && '.'}${fraction}+00`
}
