import { execFile, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

import type { BaseLogger } from 'pino'

import { PostgresError } from './errors.js'

const run = promisify(execFile)

/** The operating-system user that PostgreSQL runs as and that its files belong to. */
export interface Owner {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** All that PostgreSQL's programs see of our environment: nothing of ours, and no PG* variable, reaches them. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * `undefined` when the present user will do. PostgreSQL refuses to run as root, so for root it is whoever the data
 * belongs to already, else the user `name`, who is made where there is none.
 * @throws PostgresError `operating-system-user`
 */
export async function serverOwner(
  name: string,
  data: string,
  log: BaseLogger,
): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const found = await ownerOf(data)
  if (found) return found
  const owner = (await findUser(name)) ?? (await makeUser(name, log))
  if (owner.uid !== 0) return owner
  throw new PostgresError(
    'operating-system-user',
    `PostgreSQL refuses to run as root and "${name}" is root. Name another user in HOOKTRAIL_POSTGRES_USER, or start Hooktrail as an ordinary user.`,
  )
}

/** An app that an ordinary user runs is no obstacle to `sudo hooktrail`, nor are other ids in another container. */
async function ownerOf(data: string): Promise<Owner | undefined> {
  if (!existsSync(data)) return undefined
  const found = statSync(data)
  if (found.uid === 0) return undefined
  const uid = String(found.uid)
  const name = await run('id', ['-un', '--', uid]).then(
    ({ stdout }) => stdout.trim(),
    () => uid,
  )
  return { name, uid: found.uid, gid: found.gid }
}

async function findUser(name: string): Promise<Owner | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', '--', name]),
      run('id', ['-g', '--', name]),
    ])
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function makeUser(name: string, log: BaseLogger): Promise<Owner> {
  const cause = await run('useradd', [
    ...['--system', '--user-group', '--no-create-home'],
    ...['--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', '--', name],
  ]).catch((error: unknown) => error)
  const owner = await findUser(name)
  if (!owner) {
    throw new PostgresError(
      'operating-system-user',
      `PostgreSQL refuses to run as root, and the system user "${name}" is not there and could not be made. Make it, name another in HOOKTRAIL_POSTGRES_USER, or start Hooktrail as an ordinary user.`,
      { cause },
    )
  }
  log.info(
    { user: name, uid: owner.uid },
    'made a system user to run PostgreSQL, which refuses to run as root',
  )
  return owner
}

/** For `spawn`: the user, the environment and a working directory that this user can enter. */
export function spawnOptions(owner: Owner | undefined): {
  uid?: number
  gid?: number
  cwd: string
  env: Record<string, string>
} {
  const options = { cwd: '/', env: ENVIRONMENT }
  return owner ? { ...options, uid: owner.uid, gid: owner.gid } : options
}

/** Whether the server's user may enter the directory, or run the program, at `target`. */
export function mayEnter(target: string, owner: Owner | undefined): boolean {
  return spawnSync('test', ['-x', target], { ...spawnOptions(owner), stdio: 'ignore' }).status === 0
}

/** The topmost directory on the way to `target` (itself included) that the server's user may not enter. */
export function closedDirectory(target: string, owner: Owner | undefined): string | undefined {
  if (mayEnter(target, owner)) return undefined
  const way = [target]
  for (let at = target; path.dirname(at) !== at; at = path.dirname(at))
    way.unshift(path.dirname(at))
  return way.find((directory) => !mayEnter(directory, owner)) ?? target
}
