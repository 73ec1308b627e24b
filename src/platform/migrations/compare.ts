import type { AppliedMigration } from './applied.js'
import { MigrationError } from './errors.js'
import type { Migration } from './files.js'

/**
 * What is still to be applied, once it is clear that the database is at an earlier point of the same history.
 * @throws MigrationError `edited`, `newer-schema`, `half-applied`
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  for (const record of applied) refuseMismatch(record, known)
  const done = new Set(applied.map(({ name }) => name))
  return known.filter(({ name }) => !done.has(name))
}

function refuseMismatch(record: AppliedMigration, known: readonly Migration[]): void {
  const { name } = record
  const migration = known.find((one) => one.name === name)
  if (!record.finished) {
    throw new MigrationError(
      'half-applied',
      `The migration ${name} was begun by another tool and did not finish. Repair the schema by hand, then run prisma migrate resolve --rolled-back ${name} (or --applied).`,
    )
  }
  if (!migration) {
    throw new MigrationError(
      'newer-schema',
      `The database has the migration ${name}, which this Hooktrail does not know: a newer one made it. Start that one, or a newer one still.`,
    )
  }
  if (migration.checksum === record.checksum) return
  throw new MigrationError(
    'edited',
    `${migration.file} was changed after it had been applied (its SHA-256 is ${migration.checksum}, the database has ${record.checksum}). Put the file back as it was; a change of the schema is a new migration.`,
  )
}
