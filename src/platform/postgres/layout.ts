import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where the embedded server keeps what in the data directory. All paths are absolute. */
export interface Layout {
  readonly root: string
  /** PostgreSQL's own data directory (PGDATA). */
  readonly data: string
  readonly passwordFile: string
  readonly logFile: string
  /** Directory of the Unix socket; outside of `root` where that would be too long a path. */
  readonly socketDir: string
}

/** Names the socket only: nothing listens on this port. */
export const SOCKET_PORT = 5432

/** Bytes that fit into sockaddr_un on macOS, the shortest of those that we run on; the final NUL excluded. */
const LONGEST_SOCKET_PATH = 103

export function layoutOf(dataDir: string): Layout {
  const root = path.resolve(dataDir)
  return {
    root,
    data: path.join(root, 'postgres'),
    passwordFile: path.join(root, 'postgres-password'),
    logFile: path.join(root, 'postgres.log'),
    socketDir: socketDirOf(root),
  }
}

function socketDirOf(root: string): string {
  const inside = path.join(root, 'socket')
  const socket = path.join(inside, `.s.PGSQL.${String(SOCKET_PORT)}`)
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH) return inside
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 16)
  return path.join(tmpdir(), `hooktrail-${digest}`)
}
