import { HooktrailError } from '../../core/domain/index.js'

/**
 * - `edited`: a migration was changed after it had been applied
 * - `newer-schema`: the database was migrated by a newer Hooktrail
 * - `half-applied`: another tool began a migration and did not finish it
 * - `failed`: a migration was refused by PostgreSQL, and nothing of it stays
 */
export type MigrationErrorCode = 'edited' | 'newer-schema' | 'half-applied' | 'failed'

/** The schema is not one that this Hooktrail may work on or carry on from. */
export class MigrationError extends HooktrailError<MigrationErrorCode> {}
