import { z } from 'zod'

const principal = z.object({ login: z.string().nullish() })

/** What the demo reads of an entry; the API gives more. */
const entry = z.object({
  seq: z.number(),
  occurred_at: z.string(),
  action: z.string(),
  category: z.string(),
  outcome: z.string(),
  severity: z.number(),
  actor: principal,
  on_behalf_of: z.array(principal).optional(),
  targets: z.array(z.object({ type: z.string(), name: z.string().nullish() })),
  repo: z.object({ name: z.string() }).optional(),
  ci: z
    .object({
      run_id: z.number().optional(),
      environment: z.string().optional(),
      before_sha: z.string().optional(),
      head_sha: z.string().optional(),
      inputs: z.record(z.string(), z.string().nullable()).optional(),
    })
    .optional(),
  labels: z.record(z.string(), z.unknown()).optional(),
  source: z.object({ delivery_id: z.string(), kind: z.string(), event: z.string() }),
})

const page = z.object({ entries: z.array(entry), next_cursor: z.string().nullable() })

export type Entry = Readonly<z.infer<typeof entry>>

const PAGE = 500

/** Every entry of the log, through the API, oldest first. */
export async function readEntries(url: string, token: string): Promise<Entry[]> {
  const found: Entry[] = []
  let cursor: string | null = null
  do {
    const { entries, next_cursor } = await readPage(url, token, cursor)
    found.push(...entries)
    cursor = next_cursor
  } while (cursor !== null)
  return found.toSorted((a, b) => a.seq - b.seq)
}

async function readPage(
  url: string,
  token: string,
  cursor: string | null,
): Promise<z.infer<typeof page>> {
  const query = new URLSearchParams({ limit: String(PAGE), ...(cursor !== null && { cursor }) })
  const answer = await fetch(`${url}/api/v1/entries?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(`GET /api/v1/entries answered ${String(answer.status)}.`)
  return page.parse(await answer.json())
}
