import { parentPort, workerData } from 'node:worker_threads'

import type { ClientConfig } from 'pg'

import { checkRange } from './check-range.js'
import { connectForChecking } from './connect.js'
import type { Answer } from './lanes.js'
import type { Range } from './range.js'

/** A thread of `verify`: checks the ranges that it is sent, on a connection of its own. */
const client = connectForChecking(workerData as ClientConfig)

parentPort?.on('message', ({ id, range }: { readonly id: number; readonly range: Range }) => {
  void answer(id, range).then((message) => parentPort?.postMessage(message))
})

async function answer(id: number, range: Range): Promise<Answer> {
  try {
    return { id, result: await checkRange(await client, range) }
  } catch (error) {
    return { id, error }
  }
}
