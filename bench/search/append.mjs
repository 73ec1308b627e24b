import process from 'node:process'

import { Appender } from '../../dist/ledger/index.js'
import { makeWorld, randomFrom, stories } from './entries.mjs'

/**
 * Appends as the front door does, 512 deliveries at a time, and says how fast: the first 100,000, and all.
 * @returns entries a second
 */
export async function appendMany(database, count, { isQuiet = false } = {}) {
  const random = randomFrom(Date.now() | 1)
  let now = Date.now()
  const appender = new Appender(database, () => now)
  const start = { at: performance.now(), cpu: process.cpuUsage() }
  let made = 0
  let next = 100_000
  let pending = []
  for (const drafts of stories(random, makeWorld(randomFrom(42)), count)) {
    for (const draft of drafts) {
      made += 1
      now = Date.parse(draft.occurred_at) + 800
      const guid = `${start.at}-${start.cpu.user}-${made}`
      const event = draft.action.split('.')[0]
      const delivery = {
        host: 'github.com',
        guid,
        event,
        kind: 'webhook',
        payload: {},
        body: Buffer.alloc(0),
        headers: {},
        receivedAt: now,
      }
      pending.push(appender.append({ delivery, drafts: [draft] }))
    }
    if (pending.length < 512) continue
    await Promise.all(pending)
    pending = []
    if (made >= next && !isQuiet) {
      say(made, start)
      next *= 2
    }
  }
  await Promise.all(pending)
  if (!isQuiet) say(made, start)
  return made / ((performance.now() - start.at) / 1000)
}

function say(made, { at, cpu }) {
  const { user, system } = process.cpuUsage(cpu)
  const rate = made / ((performance.now() - at) / 1000)
  console.log(
    `  ${made}: ${rate.toFixed(0)} entries/s, ${((user + system) / made).toFixed(0)} µs of Node's CPU each`,
  )
}
