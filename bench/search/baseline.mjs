const LIMIT_MS = 5000

/** The same questions as somebody would ask Prisma who has not thought about it: findMany with contains, order and OFFSET. */
export async function baseline({ prisma }, values, { report, timed }) {
  console.log(`\nplain prisma.findMany, ${LIMIT_MS / 1000} s at most:`)
  const ask = (where, skip = 0) =>
    prisma
      .$transaction([
        prisma.$queryRaw`SELECT set_config('statement_timeout', ${String(LIMIT_MS)}, true)`,
        prisma.logEntry.findMany({
          where,
          orderBy: [{ occurredAt: 'desc' }, { seq: 'desc' }],
          take: 50,
          skip,
        }),
      ])
      .catch(() => undefined)
  const kinds = {
    'single field': ({ repo }) => ask({ repo: { equals: repo, mode: 'insensitive' } }),
    'two fields': ({ repo }) => ask({ repo, outcome: 'failure', actorType: 'bot' }),
    'two common, rarely together': () => ask({ outcome: 'failure', action: 'push.created' }),
    prefix: ({ repo }) => ask({ repo: { startsWith: `${repo.split('/')[0]}/` } }),
    text: ({ word }) => ask({ words: { contains: word } }),
    'page 2,000 of a repository (OFFSET)': ({ repo }) => ask({ repo }, 100_000),
  }
  for (const [kind, question] of Object.entries(kinds)) {
    const times = []
    for (const one of values.slice(0, 6)) await timed(times, () => question(one))
    report(kind, times)
  }
}
