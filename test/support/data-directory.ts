import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { chmodSync } from 'node:fs'
import { env } from 'node:process'

import { pino } from 'pino'

import { prepareCluster } from '../../src/platform/postgres/cluster.js'

export const silent = pino({ level: 'silent' })

/** Nobody misses these databases after a power failure. */
const HASTY = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
}

/** Settings of the server that a Jest run's test databases are on, or of another one in `dataDir`. */
export function testSettings(dataDir: string = testRoot()): {
  dataDir: string
  postgresUser: string
  initial: Record<string, string>
} {
  return { dataDir, postgresUser: 'postgres', initial: HASTY }
}

/** Where a test may put what is removed after the run; servers in `<a directory here>/postgres` are stopped, too. */
export function testRoot(): string {
  const root = env['HOOKTRAIL_TEST_POSTGRES']
  if (root === undefined) throw new Error('run this with Jest: test/global-setup.js says where')
  return root
}

/** A data directory with nothing in it. */
export function emptyDataDir(): string {
  const directory = mkdtempSync(path.join(testRoot(), 'case-'))
  chmodSync(directory, 0o711)
  return directory
}

/** A data directory with a cluster that has never run: a copy, since making one takes a second. */
export async function freshDataDir(): Promise<string> {
  const original = path.join(testRoot(), 'pristine')
  await prepareCluster(testSettings(original), silent)
  const directory = emptyDataDir()
  execFileSync('cp', ['-a', `${original}/.`, directory])
  return directory
}
