import { once } from 'node:events'

export default async function removeDatabases() {
  const cleaner = globalThis.databaseCleaner
  cleaner.stdin.end()
  await once(cleaner, 'exit')
}
