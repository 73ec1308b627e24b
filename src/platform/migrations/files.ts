import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** One `prisma/migrations/<name>/migration.sql`. */
export interface Migration {
  readonly name: string
  readonly file: string
  readonly sql: string
  /** SHA-256 of the file in hex, as Prisma computes it. */
  readonly checksum: string
}

/** The same distance from src/platform/migrations and from dist/platform/migrations. */
const DIRECTORY = path.join(import.meta.dirname, '../../../prisma/migrations')

/** All migrations in the order in which they are applied: by name. */
export async function readMigrations(directory: string = DIRECTORY): Promise<readonly Migration[]> {
  const found = await readdir(directory, { withFileTypes: true })
  const names = found.filter((item) => item.isDirectory()).map(({ name }) => name)
  return Promise.all(names.sort().map((name) => readMigration(directory, name)))
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const file = path.join(directory, name, 'migration.sql')
  const content = await readFile(file)
  const checksum = createHash('sha256').update(content).digest('hex')
  return { name, file, sql: content.toString('utf8'), checksum }
}
