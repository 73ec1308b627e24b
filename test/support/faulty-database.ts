import type pg from 'pg'

import type { Database } from '../../src/platform/index.js'

/** Where a connection is lost: at the n-th step, before PostgreSQL heard of it or after it did what it was told. */
export interface Fault {
  readonly at: number
  readonly when: 'before' | 'after'
}

/** As pg says it: without a state of PostgreSQL's, so that nobody knows what became of the statement. */
class ConnectionLost extends Error {
  constructor(step: string) {
    super(`the connection was lost at: ${step}`)
  }
}

/** Counts steps, and fails at one of them. */
export class Faults {
  readonly steps: string[] = []
  readonly #fault: Fault | undefined

  constructor(fault?: Fault) {
    this.#fault = fault
  }

  async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const at = this.steps.push(name) - 1
    const when = this.#fault?.at === at ? this.#fault.when : undefined
    if (when === 'before') throw new ConnectionLost(name)
    const result = await work()
    if (when === 'after') throw new ConnectionLost(name)
    return result
  }
}

type Query = (...args: readonly unknown[]) => Promise<unknown>

/** As `behindFaults`, for what asks through Prisma in SQL of its own. */
export function prismaBehindFaults(database: Database, faults: Faults): Database {
  const { prisma } = database
  const ask = prisma.$queryRaw.bind(prisma) as unknown as Query
  const $queryRaw: Query = (...args) =>
    faults.step((args[0] as readonly string[]).join('?').trim(), () => ask(...args))
  const behind = Object.create(prisma, { $queryRaw: { value: $queryRaw } }) as typeof prisma
  return { ...database, prisma: behind }
}

/** The database behind connections that are lost as the faults say; everything that gets through is done for real. */
export function behindFaults<Parts extends Pick<Database, 'pool'>>(
  database: Parts,
  faults: Faults,
): Parts {
  const pool = withSteps(database.pool, faults, {
    connect: async () => {
      const client = await faults
        .step('connect', () => Promise.resolve())
        .then(() => database.pool.connect())
      return withSteps(client, faults, {})
    },
  })
  return { ...database, pool }
}

function withSteps<Target extends pg.Pool | pg.PoolClient>(
  target: Target,
  faults: Faults,
  instead: Readonly<Record<string, unknown>>,
): Target {
  const query = target.query.bind(target) as unknown as Query
  const own: Readonly<Record<string, unknown>> = {
    query: (...args: readonly unknown[]) => faults.step(textOf(args[0]), () => query(...args)),
    ...instead,
  }
  return new Proxy(target, {
    get: (from, name) => {
      if (typeof name === 'string' && name in own) return own[name]
      const value: unknown = Reflect.get(from, name)
      return typeof value === 'function' ? (value.bind(from) as unknown) : value
    },
  })
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}
