import pg from 'pg'

/** What PostgreSQL shall be like for checking: the text of times is compared. */
export async function connectForChecking(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  await client.query(`SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET jit = off`)
  return client
}
