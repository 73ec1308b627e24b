// Prisma's own schema engine as WebAssembly, on a connection of ours: what `prisma migrate diff`, `status` and
// `deploy` would say and do, without the download that the Prisma CLI begins with.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

import { readMigrations } from '../../src/platform/migrations/files.js'

declare module 'pg' {
  interface Result {
    /** What pg calls with the description of the columns; not in its types. */
    addFields(fields: pg.FieldDef[]): void
  }
}

/** The part of it that we need; its types come with those of a browser only. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ instance: { exports: Readonly<Record<string, unknown>> } }>
}

const SCHEMA = path.join(import.meta.dirname, '../../prisma/schema.prisma')
const EVERYTHING = { externalTables: [], externalEnums: [] }

/** The SQL that would make the database what schema.prisma says. */
export async function drift(connection: pg.ClientConfig): Promise<string | null> {
  const files = [{ path: 'schema.prisma', content: await readFile(SCHEMA, 'utf8') }]
  const { stdout } = await withEngine(connection, (started) =>
    started.diff({
      from: { tag: 'schemaDatasource', files, configDir: path.dirname(SCHEMA) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: EVERYTHING,
    }),
  )
  return stdout
}

/** What Prisma thinks of the migrations that the database says it has. */
export async function history(
  connection: pg.ClientConfig,
): Promise<engine.DiagnoseMigrationHistoryOutput> {
  const known = await migrationsList()
  return withEngine(connection, (started) =>
    started.diagnoseMigrationHistory({
      migrationsList: known,
      optInToShadowDatabase: false,
      filters: EVERYTHING,
    }),
  )
}

/** Does what `prisma migrate deploy` does, and returns the names of the migrations that it applied. */
export async function deploy(connection: pg.ClientConfig): Promise<readonly string[]> {
  const known = await migrationsList()
  const { appliedMigrationNames } = await withEngine(connection, (started) =>
    started.applyMigrations({ migrationsList: known, filters: EVERYTHING }),
  )
  return appliedMigrationNames
}

async function migrationsList(): Promise<engine.MigrationList> {
  const migrations = await readMigrations()
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

async function withEngine<T>(
  config: pg.ClientConfig,
  work: (started: engine.SchemaEngine) => Promise<T>,
): Promise<T> {
  await load()
  const pool = new pg.Pool(config)
  const adapter = new PrismaPg(pool)
  const connect = adapter.connect.bind(adapter)
  adapter.connect = async () => mend(await connect())
  const datamodels: [string, string][] = [['schema.prisma', await readFile(SCHEMA, 'utf8')]]
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(adapter)
    const started = await engine.SchemaEngine.new({ datamodels }, () => undefined, factory)
    return await work(started)
  } finally {
    await pool.end()
  }
}

// PostgreSQL's internal type "char" (OID 18) is in what the engine reads, and the adapter does not know it: it is
// shown a bpchar (1042), and the engine is then told that it is one letter.
const CHAR = 18
const BPCHAR = 1042
const charColumns = new Set<string>()
const prototype: pg.Result = pg.Result.prototype
const addFields = Reflect.get(prototype, 'addFields')
prototype.addFields = function (this: pg.Result, fields) {
  for (const field of fields.filter(({ dataTypeID }) => dataTypeID === CHAR)) {
    charColumns.add(field.name)
    field.dataTypeID = BPCHAR
  }
  addFields.call(this, fields)
}

function mend<T extends SqlDriverAdapter & { underlyingDriver(): pg.Pool }>(connection: T): T {
  const queryRaw = connection.queryRaw.bind(connection)
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const [index, name] of result.columnNames.entries()) {
      if (charColumns.has(name)) result.columnTypes[index] = ColumnTypeEnum.Character
    }
    return result
  }
  // The adapter splits at every ';', also inside of a function's body, and leaves half of a file behind.
  connection.executeScript = async (script) => {
    await connection.underlyingDriver().query(script)
  }
  return connection
}

let loaded: Promise<void> | undefined
function load(): Promise<void> {
  loaded ??= instantiate()
  return loaded
}

async function instantiate(): Promise<void> {
  const panics = {
    set_message: (message: string) => {
      throw new Error(`the schema engine panicked: ${message}`)
    },
  }
  const { setTimeout } = globalThis
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: panics,
    // The engine waits 10 s for its lock, and forgets to end that when it has it: Jest would wait, too.
    setTimeout: (...parameters: Parameters<typeof setTimeout>) => setTimeout(...parameters).unref(),
  })
  const name = '@prisma/schema-engine-wasm/schema_engine_bg'
  const folder = path.dirname(createRequire(import.meta.url).resolve(name))
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': { ...engine },
  })
  engine.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') Reflect.apply(start, undefined, [])
}
