import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import type { ClientConfig } from 'pg'

import { connectionOf, type Database } from '../../platform/index.js'
import { checkRange } from './check-range.js'
import { connectForChecking } from './connect.js'
import type { Range, RangeResult } from './range.js'

/** Where ranges are checked, one after the other, on a connection of its own. */
export interface Lane {
  check(range: Range): Promise<RangeResult>
  close(): Promise<void>
}

/** Threads that check beside each other; none: this thread does it. */
export async function openLanes(database: Database, threads: number): Promise<Lane[]> {
  const connection = connectionOf(database)
  if (threads === 0) return [await hereLane(connection)]
  return Array.from({ length: threads }, () => threadLane(connection))
}

async function hereLane(connection: ClientConfig): Promise<Lane> {
  const client = await connectForChecking(connection)
  return { check: (range) => checkRange(client, range), close: () => client.end() }
}

/** What a thread answers. */
export type Answer =
  | { readonly id: number; readonly result: RangeResult }
  | { readonly id: number; readonly error: unknown }

interface Waiting {
  readonly resolve: (result: RangeResult) => void
  readonly reject: (error: unknown) => void
}

function threadLane(connection: ClientConfig): Lane {
  const worker = new Worker(new URL('./range-thread.js', import.meta.url), {
    workerData: connection,
    // What is kept of a range's entries dies with the range: with less room it is moved to where collecting is dear.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  })
  const waiting = new Map<number, Waiting>()
  let next = 0
  worker.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('result' in answer) one?.resolve(answer.result)
    else one?.reject(answer.error)
  })
  const fail = (error: unknown): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => {
    fail(new Error('a thread that verified has ended'))
  })
  return {
    check: (range) =>
      new Promise((resolve, reject) => {
        next += 1
        waiting.set(next, { resolve, reject })
        worker.postMessage({ id: next, range })
      }),
    close: async () => {
      const ended = once(worker, 'exit')
      await worker.terminate()
      await ended.catch(() => undefined)
    },
  }
}
