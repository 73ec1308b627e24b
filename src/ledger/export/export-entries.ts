import { personal } from '../../core/domain/index.js'
import { allOf, type Query } from '../../core/search/index.js'
import type { Database } from '../../platform/index.js'
import { recordAct, type Act, type Operator } from '../operator-act.js'
import { logSize, searchEntries } from '../search/index.js'
import { EXPORT_FORMATS, type ExportFormat } from './formats.js'

/** Entries that are in memory at once: of 64 KB each at most. */
const PAGE = 500
/** Milliseconds for one page: what is rare in a large log is looked for longer than a person would wait. */
const PAGE_TIMEOUT = 60_000

export interface ExportRequest {
  readonly query: Query
  /** As it was asked. */
  readonly text: string
  readonly format: ExportFormat
  readonly operator: Omit<Operator, 'now'>
  readonly clock: () => number
  /** Asked before each page. Throws when no more may be handed out: the token was revoked, the server stops. */
  readonly check: () => Promise<void>
}

interface Pages {
  readonly query: Query
  readonly first: Page
}
type Page = Awaited<ReturnType<typeof searchEntries>>

/**
 * What a query means of all that is in the log now, newest first, piece by piece: the next page is read when the last was
 * taken. The use is an entry before the first byte can leave; another, whatever ends the export, says how much was handed out.
 * The last piece says that it is whole: what breaks off, by an error or by `return`, lacks it.
 * @throws SearchError `search.words`, `search.timeout`; LedgerError `unavailable`: then nothing is handed out
 */
export async function exportEntries(
  database: Database,
  request: ExportRequest,
): Promise<AsyncGenerator<string>> {
  const size = await logSize(database)
  const query = allOf([request.query, { kind: 'range', field: 'seq', any: [{ to: size - 1 }] }])
  const first = await searchEntries(database, query, { limit: PAGE, timeout: PAGE_TIMEOUT })
  const seq = await record(database, request, {
    action: 'audit.exported',
    targets: [],
    changes: [{ path: 'query', after: personal(request.text.slice(0, 4000)) }],
    labels: { format: request.format, size },
  })
  return handOut(database, request, { query, first, seq })
}

async function* handOut(
  database: Database,
  request: ExportRequest,
  { query, first, seq }: Pages & { readonly seq: number },
): AsyncGenerator<string> {
  const { head, line, end } = EXPORT_FORMATS[request.format]
  let entries = 0
  let complete = false
  try {
    if (head !== '') yield head
    for await (const page of pagesFrom(database, request, { query, first })) {
      entries += page.entries.length
      if (page.entries.length > 0) yield page.entries.map(line).join('')
    }
    complete = true
    yield end({ entries, seq })
  } finally {
    await record(database, request, {
      action: 'audit.export_ended',
      targets: [{ type: 'entry', id: seq }],
      outcome: complete ? 'success' : 'cancelled',
      labels: { format: request.format, entries },
    })
  }
}

async function* pagesFrom(
  database: Database,
  { check }: ExportRequest,
  { query, first }: Pages,
): AsyncGenerator<Page> {
  for (let page = first; ;) {
    await check()
    yield page
    if (page.next === undefined) return
    const next = { limit: PAGE, cursor: page.next, timeout: PAGE_TIMEOUT }
    page = await searchEntries(database, query, next)
  }
}

function record(database: Database, { operator, clock }: ExportRequest, act: Act): Promise<number> {
  return recordAct(database, { ...operator, now: clock() }, act)
}
