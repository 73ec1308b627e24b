// Prisma's own schema engine as WebAssembly, on a connection of ours: what `prisma migrate diff` and `prisma migrate
// status` would say, without the download that the Prisma CLI begins with.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

import { readMigrations } from '../../src/platform/migrations/files.js'

const SCHEMA = path.join(import.meta.dirname, '../../prisma/schema.prisma')
const EVERYTHING = { externalTables: [], externalEnums: [] }

// PostgreSQL's internal type "char" (OID 18) is in what the engine reads, and the adapter does not know it: it is
// shown a bpchar (1042), and the engine then told that it is one letter.
const CHAR = 18
const BPCHAR = 1042
const charColumns = new Set()
const addFields = pg.Result.prototype.addFields
pg.Result.prototype.addFields = function (fields) {
  for (const field of fields.filter(({ dataTypeID }) => dataTypeID === CHAR)) {
    charColumns.add(field.name)
    field.dataTypeID = BPCHAR
  }
  return addFields.call(this, fields)
}

function mend(connection) {
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
    await connection.client.query(script)
  }
  return connection
}

async function startEngine(connection) {
  const { host, port, user, password, database } = connection
  const adapter = new PrismaPg({ host, port, user, password, database, idleTimeoutMillis: 1 })
  const connect = adapter.connect.bind(adapter)
  adapter.connect = async () => mend(await connect())
  await loadEngine()
  const options = { datamodels: [['schema.prisma', await readFile(SCHEMA, 'utf8')]] }
  return engine.SchemaEngine.new(
    options,
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

let loaded
function loadEngine() {
  loaded ??= instantiate()
  return loaded
}

async function instantiate() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      throw new Error(`the schema engine panicked: ${message}`)
    },
  }
  const script = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  )
  const bytes = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine })
  engine.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}

/** The SQL that would make the database what schema.prisma says. */
export async function drift(connection) {
  const started = await startEngine(connection)
  const files = [{ path: 'schema.prisma', content: await readFile(SCHEMA, 'utf8') }]
  const { stdout } = await started.diff({
    from: { tag: 'schemaDatasource', files, configDir: path.dirname(SCHEMA) },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: EVERYTHING,
  })
  return stdout
}

/** What Prisma thinks of the migrations that the database says it has. */
export async function history(connection) {
  const started = await startEngine(connection)
  return started.diagnoseMigrationHistory({
    migrationsList: await migrationsList(),
    optInToShadowDatabase: false,
    filters: EVERYTHING,
  })
}

/** `prisma migrate deploy`. */
export async function deploy(connection) {
  const started = await startEngine(connection)
  const result = await started.applyMigrations({
    migrationsList: await migrationsList(),
    filters: EVERYTHING,
  })
  return result.appliedMigrationNames
}

async function migrationsList() {
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
