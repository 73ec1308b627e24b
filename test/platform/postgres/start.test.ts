import { spawn } from 'node:child_process'
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterEach, describe, expect, it } from '@jest/globals'

import { openDatabase } from '../../../src/platform/database.js'
import { openEmbedded } from '../../../src/platform/postgres/embedded.js'
import { layoutOf } from '../../../src/platform/postgres/layout.js'
import { livingServer, readLockFile } from '../../../src/platform/postgres/lock-file.js'
import { serverOwner, spawnOptions } from '../../../src/platform/postgres/owner.js'
import { emptyDataDir, freshDataDir, silent, testSettings } from '../../support/data-directory.js'
import { closeOpened, openServer } from '../../support/opened.js'
import { ask } from '../../support/query.js'

afterEach(closeOpened)

const asRoot = process.getuid?.() === 0 ? it : it.skip

function serverOf(dataDir: string): number | undefined {
  return livingServer(layoutOf(dataDir).data)?.pid
}

describe('the first start', () => {
  it('makes a durable cluster whose role has no privileges, and stops it in the end', async () => {
    const dataDir = path.join(emptyDataDir(), 'made', 'here')
    const database = await openDatabase({ dataDir, postgresUser: 'postgres' }, silent, {
      role: 'app',
    })
    const { rows } = await database.pool.query<unknown[]>({
      text: `SELECT current_user::text, rolsuper, rolcreaterole, rolcreatedb, current_setting('fsync'),
        current_setting('synchronous_commit'), current_setting('full_page_writes'),
        current_setting('server_encoding'), current_setting('listen_addresses')
       FROM pg_roles WHERE rolname = current_user`,
      rowMode: 'array',
    })
    await database.close()
    expect(rows).toEqual([['hooktrail', false, false, false, 'on', 'on', 'on', 'UTF8', '']])
    expect(serverOf(dataDir)).toBeUndefined()
    expect(readdirSync(dataDir).sort()).toEqual([
      'postgres',
      'postgres-password',
      'postgres.log',
      'socket',
    ])
  })

  it('says in its description where the data is, and nothing secret', async () => {
    const dataDir = await freshDataDir()
    const database = await openDatabase(testSettings(dataDir), silent, { role: 'cli' })
    await database.close()
    expect(database.description).toBe(`embedded PostgreSQL 18 in ${dataDir}`)
    expect(database.embedded).toBe(true)
  })
})

describe('a later start', () => {
  it('finds what was written before', async () => {
    const dataDir = await freshDataDir()
    const first = await openServer(dataDir)
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.close()
    const second = await openServer(dataDir)
    expect(await ask(second, 'SELECT answer FROM kept')).toEqual([42])
    await second.close()
  })

  it('takes no notice of the lock file of a server that is gone', async () => {
    const dataDir = await freshDataDir()
    leaveLockFile(dataDir, await endedProcess())
    await expectToRun(dataDir)
  })

  it('takes no notice of a lock file whose process id belongs to another program by now', async () => {
    const dataDir = await freshDataDir()
    const owner = await serverOwner('postgres', layoutOf(dataDir).data, silent)
    const other = spawn('sleep', ['60'], { ...spawnOptions(owner), stdio: 'ignore' })
    leaveLockFile(dataDir, other.pid ?? 0)
    await expectToRun(dataDir)
    other.kill()
  })

  it('refuses data of another major version, and says how to go on', async () => {
    const dataDir = await freshDataDir()
    writeFileSync(path.join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
    await expect(openServer(dataDir)).rejects.toMatchObject({
      code: 'other-version',
      message: expect.stringMatching(/PostgreSQL 16.*PostgreSQL 18.*DATABASE_URL/s),
    })
  })

  it('makes a new password where the file that held it is lost', async () => {
    const dataDir = await freshDataDir()
    rmSync(layoutOf(dataDir).passwordFile)
    await expectToRun(dataDir)
  })

  it('says what the log says when PostgreSQL does not start', async () => {
    const dataDir = await freshDataDir()
    writeFileSync(path.join(dataDir, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n')
    await expect(openServer(dataDir)).rejects.toMatchObject({
      code: 'start',
      message: expect.stringContaining('unrecognized configuration parameter "no_such_setting"'),
    })
  })
})

describe('the data directory', () => {
  it('may have so long a path that the socket finds no place in it', async () => {
    const dataDir = path.join(emptyDataDir(), 'a-directory-with-a-long-name'.repeat(4))
    const elsewhere = layoutOf(dataDir).socketDir
    expect(elsewhere).toMatch(/hooktrail-[0-9a-f]{16}$/)
    await expectToRun(dataDir)
    rmSync(elsewhere, { recursive: true })
  })

  it('may not have a socket directory that others can enter', async () => {
    const dataDir = await freshDataDir()
    const { socketDir } = layoutOf(dataDir)
    chmodSync(socketDir, 0o755)
    await expect(openServer(dataDir)).rejects.toMatchObject({ code: 'data-directory' })
  })

  it('cannot be below a file', async () => {
    const file = path.join(emptyDataDir(), 'file')
    writeFileSync(file, '')
    await expect(openServer(path.join(file, 'data'))).rejects.toMatchObject({
      code: 'data-directory',
      message: expect.stringContaining('HOOKTRAIL_DATA_DIR'),
    })
  })

  asRoot('names the directory that the user of the server may not enter', async () => {
    const closed = emptyDataDir()
    chmodSync(closed, 0o700)
    await expect(openServer(path.join(closed, 'data'))).rejects.toMatchObject({
      code: 'data-directory',
      message: expect.stringContaining(`chmod a+x ${closed}`),
    })
  })

  asRoot('cannot be served by root', async () => {
    const settings = { ...testSettings(emptyDataDir()), postgresUser: 'root' }
    await expect(openEmbedded(settings, 'app', silent)).rejects.toMatchObject({
      code: 'operating-system-user',
    })
  })
})

async function expectToRun(dataDir: string): Promise<void> {
  const server = await openServer(dataDir)
  expect(await ask(server, 'SELECT 1')).toEqual([1])
  expect(serverOf(dataDir)).toBe(readLockFile(layoutOf(dataDir).data)?.pid)
  await server.close()
  expect(serverOf(dataDir)).toBeUndefined()
}

/** As a server leaves it that was killed. */
function leaveLockFile(dataDir: string, pid: number): void {
  const { data, socketDir } = layoutOf(dataDir)
  writeFileSync(
    path.join(data, 'postmaster.pid'),
    `${String(pid)}\n${data}\n1700000000\n5432\n${socketDir}\n\n 1 1\nready\n`,
  )
}

async function endedProcess(): Promise<number> {
  const child = spawn('true', { stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid ?? 0
}
