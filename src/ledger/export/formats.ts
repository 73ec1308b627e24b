import type { AuditEntry } from '../../core/domain/index.js'
import { printableJson } from '../../platform/index.js'
import { csvEnd, csvHead, csvLine } from './csv.js'

/** How a stream of entries is written. Only one that is whole ends with `end`. */
interface Format {
  readonly mediaType: string
  readonly head: string
  readonly line: (entry: AuditEntry) => string
  readonly end: (end: ExportEnd) => string
}

export interface ExportEnd {
  /** How many there were. */
  readonly entries: number
  /** Of the entry `audit.exported`: the export is of what was in the log when it was asked for, shortly before. */
  readonly seq: number
}

export const EXPORT_FORMATS = {
  ndjson: {
    mediaType: 'application/x-ndjson',
    head: '',
    line: jsonLine,
    end: (end) => jsonLine({ end }),
  },
  csv: { mediaType: 'text/csv', head: csvHead(), line: csvLine, end: csvEnd },
} as const satisfies Readonly<Record<string, Format>>

export type ExportFormat = keyof typeof EXPORT_FORMATS

function jsonLine(value: unknown): string {
  return `${printableJson(JSON.stringify(value))}\n`
}
