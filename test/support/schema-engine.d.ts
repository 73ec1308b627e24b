import type { ClientConfig } from 'pg'

/** The SQL that would make the database what schema.prisma says. */
export function drift(connection: ClientConfig): Promise<string>

/** What Prisma thinks of the migrations that the database says it has. */
export function history(connection: ClientConfig): Promise<unknown>

/** Does what `prisma migrate deploy` does, and returns the names of the migrations that it applied. */
export function deploy(connection: ClientConfig): Promise<readonly string[]>
