import { afterEach, describe, expect, it } from '@jest/globals'
import pg from 'pg'

import { layoutOf } from '../../../src/platform/postgres/layout.js'
import { livingServer } from '../../../src/platform/postgres/lock-file.js'
import type { Role } from '../../../src/platform/postgres/presence.js'
import { startChild, type Child } from '../../support/child.js'
import { emptyDataDir, freshDataDir } from '../../support/data-directory.js'
import { closeOpened, openDatabaseIn, openServer } from '../../support/opened.js'
import { ask } from '../../support/query.js'

afterEach(closeOpened)

function serverOf(dataDir: string): number | undefined {
  return livingServer(layoutOf(dataDir).data)?.pid
}

function child(dataDir: string, role: Role): Child {
  return startChild(new URL('../../support/postgres-child.ts', import.meta.url), dataDir, role)
}

describe('several processes on one data directory', () => {
  it('make it and start it at once, and use one server', async () => {
    const dataDir = emptyDataDir()
    const both = [child(dataDir, 'app'), child(dataDir, 'cli')]
    expect(await Promise.all(both.map((one) => one.says()))).toEqual(['ready', 'ready'])
    await Promise.all(both.map((one) => one.dismiss()))
    expect(serverOf(dataDir)).toBeUndefined()
  })

  it('share the server, and the last one out stops it', async () => {
    const dataDir = await freshDataDir()
    const app = await openServer(dataDir)
    const server = serverOf(dataDir)
    const tool = await openServer(dataDir, 'cli')
    expect(serverOf(dataDir)).toBe(server)
    await app.close()
    expect(serverOf(dataDir)).toBe(server)
    expect(await ask(tool, 'SELECT 1')).toEqual([1])
    await tool.close()
    expect(serverOf(dataDir)).toBeUndefined()
  })

  it('leave one after the other at the same moment, and the server stops', async () => {
    const dataDir = await freshDataDir()
    const roles: Role[] = ['app', 'cli', 'cli', 'cli']
    const all = await Promise.all(roles.map((role) => openServer(dataDir, role)))
    await Promise.all(all.map((one) => one.close()))
    expect(serverOf(dataDir)).toBeUndefined()
  })

  it('come while the last one leaves, and find a server', async () => {
    const dataDir = await freshDataDir()
    let last = await openServer(dataDir, 'cli')
    for (let round = 0; round < 5; round += 1) {
      const [next] = await Promise.all([openServer(dataDir, 'cli'), last.close()])
      expect(await ask(next, 'SELECT 1')).toEqual([1])
      last = next
    }
    await last.close()
  })

  it('are not two apps: the second is told which process is the first', async () => {
    const dataDir = await freshDataDir()
    const first = await openServer(dataDir)
    await expect(openServer(dataDir)).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining(`process ${String(process.pid)}`),
    })
    expect(await ask(first, 'SELECT 1')).toEqual([1])
    await first.close()
  })
})

describe('after kill -9', () => {
  it('of the app, the next one adopts the server that goes on', async () => {
    const dataDir = await freshDataDir()
    const app = child(dataDir, 'app')
    expect(await app.says()).toBe('ready')
    const server = serverOf(dataDir)
    await app.kill()
    expect(serverOf(dataDir)).toBe(server)
    const next = await openServer(dataDir)
    expect(serverOf(dataDir)).toBe(server)
    await next.close()
    expect(serverOf(dataDir)).toBeUndefined()
  })

  it('of app and server, the next start recovers what was committed', async () => {
    const dataDir = await freshDataDir()
    const app = child(dataDir, 'app')
    expect(await app.says()).toBe('ready')
    const visitor = await openServer(dataDir, 'cli')
    await ask(visitor, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await app.kill()
    killServer(dataDir)
    await visitor.close()
    const next = await openServer(dataDir)
    expect(await ask(next, 'SELECT answer FROM kept')).toEqual([42])
    await next.close()
  })

  it('of the server, the app brings it back and its pool goes on', async () => {
    const dataDir = await freshDataDir()
    const database = await openDatabaseIn(dataDir)
    await database.pool.query('CREATE TABLE kept AS SELECT 42 AS answer')
    const before = serverOf(dataDir)
    const busy = database.pool.query('SELECT pg_sleep(60)').catch((error: unknown) => error)
    killServer(dataDir)
    expect(await busy).toBeInstanceOf(Error)
    expect(await patiently(database.pool, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(await database.prisma.$queryRaw`SELECT answer FROM kept`).toEqual([{ answer: 42 }])
    expect(serverOf(dataDir)).not.toBe(before)
    await database.close()
    expect(serverOf(dataDir)).toBeUndefined()
  })

  it('of the server, a close at the same moment comes to its end', async () => {
    const dataDir = await freshDataDir()
    const database = await openDatabaseIn(dataDir)
    await database.pool.query('SELECT 1')
    killServer(dataDir)
    await database.close()
    const next = await openServer(dataDir)
    await next.close()
    expect(serverOf(dataDir)).toBeUndefined()
  })
})

function killServer(dataDir: string): void {
  const server = serverOf(dataDir)
  if (server === undefined) throw new Error('no server runs')
  process.kill(server, 'SIGKILL')
}

/** Asks again for as long as the server is away. */
async function patiently(pool: pg.Pool, sql: string): Promise<unknown[]> {
  for (;;) {
    try {
      return (await pool.query<Record<string, unknown>>(sql)).rows
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42P01') throw error
    }
  }
}
