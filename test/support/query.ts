import pg from 'pg'

/** The values of one query, row after row. */
export async function ask(
  { connection }: { readonly connection: pg.ClientConfig },
  sql: string,
): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}
