import { z } from 'zod'

import { EXPORT_FORMATS, exportEntries, type ExportFormat } from '../../ledger/index.js'
import { allowed, OPERATOR } from '../access.js'
import { RequestError } from '../request-error.js'
import { checkScope } from '../require-token.js'
import { checkToken } from '../streams/check-token.js'
import { nothing, Streamed } from '../streams/streamed.js'
import { queryOf, type Asked } from './operation.js'

const FORMATS = ['ndjson', 'csv'] as const satisfies readonly ExportFormat[]

export const EXPORT_TYPES: readonly string[] = FORMATS.map(
  (format) => EXPORT_FORMATS[format].mediaType,
)

export const exportFormat = z
  .enum(['json', ...FORMATS], { error: `is json, ${FORMATS.join(' or ')}` })
  .optional()
  .describe(
    'json: a page; ndjson, csv: all entries, as a stream. Without it the header Accept says.',
  )

interface ExportParameters {
  readonly query: string
  readonly tz?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly format?: z.output<typeof exportFormat>
}

export function formatOf({
  parameters: { format },
  mediaType,
}: Asked<ExportParameters>): 'json' | ExportFormat {
  if (format !== undefined) return format
  return FORMATS.find((one) => EXPORT_FORMATS[one].mediaType === mediaType) ?? 'json'
}

/** Everything that a query means. @throws RequestError `api.scope`, `api.parameter`, `api.limit`; as `exportEntries` */
export async function exported(
  asked: Asked<ExportParameters>,
  format: ExportFormat,
): Promise<Streamed> {
  const { access, parts, parameters } = asked
  checkScope(access, 'export')
  if (parameters.limit !== undefined || parameters.cursor !== undefined) {
    const message = `limit and cursor are for pages: ${format} gives everything that the query means, so narrow the query instead`
    throw new RequestError('api.parameter', message)
  }
  const query = allowed(access, await queryOf(asked))
  const open = parts.streams.open(access.id)
  try {
    const pieces = asked.headersOnly
      ? nothing()
      : await exportEntries(parts.database, {
          query,
          text: parameters.query,
          format,
          operator: { name: access.name, reason: undefined, ...tokenOf(access.id) },
          clock: parts.now,
          check: async () => {
            open.signal.throwIfAborted()
            await checkToken(access, parts)
          },
        })
    const name = `hooktrail-entries.${format}`
    return new Streamed(
      `${EXPORT_FORMATS[format].mediaType}; charset=utf-8`,
      { pieces, open },
      { 'Content-Disposition': `attachment; filename="${name}"` },
    )
  } catch (error) {
    open.close()
    throw error
  }
}

function tokenOf(id: string): { readonly token?: string } {
  return id === OPERATOR.id ? {} : { token: id }
}
