import { openDatabase, type Database } from '../../src/platform/database.js'
import { openEmbedded, type EmbeddedServer } from '../../src/platform/postgres/embedded.js'
import type { Role } from '../../src/platform/postgres/presence.js'
import { silent, testSettings } from './data-directory.js'

const opened: { readonly close: () => Promise<void> }[] = []

export async function openServer(dataDir: string, role: Role = 'app'): Promise<EmbeddedServer> {
  return keep(await openEmbedded(testSettings(dataDir), role, silent))
}

export async function openDatabaseIn(dataDir: string, role: Role = 'app'): Promise<Database> {
  return keep(await openDatabase(testSettings(dataDir), silent, { role }))
}

/** After each test: one that failed would leave a server that is brought back for ever. */
export async function closeOpened(): Promise<void> {
  for (const one of opened.splice(0)) await one.close()
}

function keep<T extends { readonly close: () => Promise<void> }>(one: T): T {
  opened.push(one)
  return one
}
