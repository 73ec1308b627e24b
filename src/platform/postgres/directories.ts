import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
} from 'node:fs'

import { codeOf, messageOf, PostgresError } from './errors.js'
import type { Layout } from './layout.js'
import { closedDirectory, type Owner } from './owner.js'

/**
 * Makes the data directory and sees to it that we can write there and that the server's user gets through.
 * @throws PostgresError `data-directory`
 */
export function prepareRoot({ root }: Layout, owner: Owner | undefined): void {
  try {
    if (!existsSync(root)) {
      mkdirSync(root, { recursive: true })
      // What is private inside is closed by itself, and the server's user has to come through.
      chmodSync(root, owner ? 0o711 : 0o700)
    }
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new PostgresError(
      'data-directory',
      `The data directory ${root} cannot be written to (${codeOf(cause) || messageOf(cause)}). Give this user access, or name another directory in HOOKTRAIL_DATA_DIR.`,
      { cause },
    )
  }
  refuseClosedWay(root, owner)
}

function refuseClosedWay(root: string, owner: Owner | undefined): void {
  const closed = owner && closedDirectory(root, owner)
  if (!owner || closed === undefined) return
  throw new PostgresError(
    'data-directory',
    `PostgreSQL runs as the user "${owner.name}", who may not enter ${closed}. Run chmod a+x ${closed}, or set HOOKTRAIL_DATA_DIR=/var/lib/hooktrail.`,
  )
}

/**
 * Makes the directory of the socket, for its owner alone. In a temporary directory somebody else may have made it
 * first, and would see every connection.
 * @throws PostgresError `data-directory`
 */
export function prepareSocketDir({ socketDir }: Layout, owner: Owner | undefined): void {
  try {
    mkdirSync(socketDir, { mode: 0o700 })
    if (owner) chownSync(socketDir, owner.uid, owner.gid)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  const found = lstatSync(socketDir)
  const ours = found.isDirectory() && found.uid === userOf(owner) && (found.mode & 0o077) === 0
  if (ours) return
  throw new PostgresError(
    'data-directory',
    `${socketDir}, where PostgreSQL's socket belongs, is not a directory that ${owner?.name ?? 'this user'} alone may use. Remove it, or name another directory in HOOKTRAIL_DATA_DIR.`,
  )
}

/**
 * The files of a cluster must belong to the user that runs it.
 * @throws PostgresError `data-directory`
 */
export function refuseForeignData({ data }: Layout, owner: Owner | undefined): void {
  const { uid } = lstatSync(data)
  if (uid === userOf(owner)) return
  throw new PostgresError(
    'data-directory',
    `${data} belongs to the user with the id ${String(uid)}, not to ${owner?.name ?? 'the present user'}. Start Hooktrail as the user that it was started as first (or, as root, run chown -R ${owner?.name ?? '<user>'} ${data}).`,
  )
}

function userOf(owner: Owner | undefined): number | undefined {
  return owner?.uid ?? process.getuid?.()
}
