import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'

import type { BaseLogger } from 'pino'

import { prepareRoot, prepareSocketDir, refuseForeignData } from './directories.js'
import { PostgresError } from './errors.js'
import { layoutOf, type Layout } from './layout.js'
import { livingServer } from './lock-file.js'
import { nativePrograms, type Native } from './native.js'
import { serverOwner, spawnOptions, type Owner } from './owner.js'
import { ensurePassword } from './password.js'
import { INITIAL_SETTINGS, settingArguments } from './settings.js'

/** A data directory that holds a database of ours, with all that is needed to run and to reach it. */
export interface Cluster {
  readonly layout: Layout
  readonly owner: Owner | undefined
  readonly native: Native
  readonly password: string
}

export interface ClusterSettings {
  readonly dataDir: string
  /** Who runs PostgreSQL when we are root. */
  readonly postgresUser: string
  /** Of PostgreSQL, for a cluster that is made now. */
  readonly initial?: Readonly<Record<string, string>>
}

/** The role that Hooktrail connects as, and its database. It is no superuser, so that REVOKE binds it. */
export const ROLE = 'hooktrail'
export const DATABASE = 'hooktrail'
/** The cluster's first user. Hooktrail itself never connects as it. */
export const SUPERUSER = 'postgres'

/**
 * Finds the cluster in the data directory, or makes one.
 * @throws PostgresError
 */
export async function prepareCluster(settings: ClusterSettings, log: BaseLogger): Promise<Cluster> {
  const layout = layoutOf(settings.dataDir)
  const owner = await serverOwner(settings.postgresUser, layout.data, log)
  prepareRoot(layout, owner)
  prepareSocketDir(layout, owner)
  const native = await nativePrograms(layout.root, owner, log)
  const { value: password, made } = ensurePassword(layout.passwordFile)
  const cluster = { layout, owner, native, password }
  if (!existsSync(layout.data)) await makeCluster(cluster, settings, log)
  else if (made) await resetPassword(cluster)
  refuseForeignData(layout, owner)
  refuseOtherVersion(cluster)
  return cluster
}

/** Makes it beside its place and moves it there when it is whole: nobody ever meets half a cluster. */
async function makeCluster(
  cluster: Cluster,
  settings: ClusterSettings,
  log: BaseLogger,
): Promise<void> {
  const { layout, owner } = cluster
  log.info({ directory: layout.data }, 'making a PostgreSQL data directory')
  const draft = mkdtempSync(`${layout.data}.new-`)
  try {
    if (owner) chownSync(draft, owner.uid, owner.gid)
    await initialise(cluster, draft, { ...INITIAL_SETTINGS, ...settings.initial })
    await singleUser(cluster, path.join(draft, 'data'), [
      `CREATE ROLE ${ROLE} LOGIN PASSWORD '${cluster.password}'`,
      `CREATE DATABASE ${DATABASE} OWNER ${ROLE}`,
    ])
    moveIntoPlace(path.join(draft, 'data'), layout)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

async function initialise(
  { native, owner, password }: Cluster,
  draft: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const passwordFile = path.join(draft, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (owner) chownSync(passwordFile, owner.uid, owner.gid)
  await runProgram(owner, native.initdb, [
    ...['-D', path.join(draft, 'data'), '--username', SUPERUSER, '--no-instructions'],
    ...['--auth', 'scram-sha-256', '--pwfile', passwordFile],
    // PostgreSQL's own collation: the same on every system, and no upgrade of the system spoils an index.
    ...[
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--locale-provider',
      'builtin',
      '--builtin-locale',
      'C.UTF-8',
    ],
    ...settingArguments(settings),
    ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
  ])
}

function moveIntoPlace(from: string, { root, data }: Layout): void {
  try {
    renameSync(from, data)
  } catch (error) {
    // Another process was faster; its cluster is as good as ours, and has the same password.
    if (!existsSync(path.join(data, 'PG_VERSION'))) throw error
  }
  const directory = openSync(root, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

/** The password file is lost (restored without it, say): whoever may run the server may set a new one. */
async function resetPassword(cluster: Cluster): Promise<void> {
  const { layout, password } = cluster
  if (livingServer(layout.data)) {
    rmSync(layout.passwordFile)
    throw new PostgresError(
      'data-directory',
      `${layout.passwordFile} is gone while PostgreSQL runs. Stop everything that uses ${layout.root} and start again: a new one is made.`,
    )
  }
  refuseOtherVersion(cluster)
  await singleUser(cluster, layout.data, [
    `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'`,
    `ALTER ROLE ${ROLE} PASSWORD '${password}'`,
  ])
}

function refuseOtherVersion({ layout, native }: Cluster): void {
  const found = readFileSync(path.join(layout.data, 'PG_VERSION'), 'utf8').trim()
  const own = String(native.major)
  if (found === own) return
  throw new PostgresError(
    'other-version',
    `${layout.data} was written by PostgreSQL ${found}; this Hooktrail brings PostgreSQL ${own}. Either dump it with the Hooktrail that wrote it and load it into a server of your own, named in DATABASE_URL, or go back to that Hooktrail. To begin an empty log, name another directory in HOOKTRAIL_DATA_DIR.`,
  )
}

/** Statements, one a line, run by the server's program alone, without a server. */
async function singleUser(
  { native, owner }: Cluster,
  data: string,
  statements: readonly string[],
): Promise<void> {
  const output = await runProgram(
    owner,
    native.postgres,
    ['--single', '-D', data, '-c', 'log_min_messages=error', SUPERUSER],
    `${statements.join('\n')}\n`,
  )
  // It goes on after an error and ends with 0.
  if (/\b(?:ERROR|FATAL|PANIC):/.test(output)) throw startError(native.postgres, output)
}

async function runProgram(
  owner: Owner | undefined,
  program: string,
  parameters: readonly string[],
  input = '',
): Promise<string> {
  const child = spawn(program, parameters, { ...spawnOptions(owner), stdio: 'pipe' })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  const [status, output, errors] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ])
  if (status !== 0) throw startError(program, errors || output)
  return errors
}

function startError(program: string, output: string): PostgresError {
  return new PostgresError(
    'start',
    `${path.basename(program)} failed: ${output.trim().slice(-2000)}`,
  )
}
