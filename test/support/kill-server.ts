import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * Kills an embedded PostgreSQL as running out of memory would: the server and, at once, every process that it
 * started, which would otherwise finish what they are at.
 */
export function killServer(dataDir: string): void {
  const file = path.join(dataDir, 'postgres/postmaster.pid')
  const server = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
  const backends = childrenOf(server)
  for (const pid of [server, ...backends]) kill(pid)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It ended in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function childrenOf(parent: number): number[] {
  return processes()
    .filter(([, of]) => of === parent)
    .map(([pid]) => pid)
}

/** Every process and its parent: from /proc where there is one (small images have no ps). */
function processes(): [pid: number, parent: number][] {
  if (!existsSync('/proc/self/stat')) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim()
    return lines.split('\n').map((line) => {
      const [pid, parent] = line.trim().split(/\s+/)
      return [Number(pid), Number(parent)]
    })
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)])
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return 0
  }
}
