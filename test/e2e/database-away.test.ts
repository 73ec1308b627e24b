import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { killServer } from '../support/kill-server.js'
import {
  API_TOKEN,
  appEnvironment,
  makeDataDir,
  newGuid,
  post,
  startApp,
  type RunningApp,
} from '../support/running-app.js'

let app: RunningApp
let dataDir: string
beforeAll(async () => {
  dataDir = makeDataDir()
  app = await startApp(appEnvironment(dataDir))
})
afterAll(async () => {
  await app.end('SIGTERM')
})

const body = JSON.stringify({ ref: 'refs/heads/main', after: 'c'.repeat(40) })

async function totalEntries(): Promise<number> {
  const response = await fetch(`${app.url}/api/v1/entries?limit=100`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  })
  return ((await response.json()) as { entries: unknown[] }).entries.length
}

describe('when PostgreSQL dies under the running app', () => {
  it('deliveries are answered 503 until it is back, and none is recorded twice or lost', async () => {
    const [before, during, after] = [newGuid(), newGuid(), newGuid()]
    expect((await post(app.url, { guid: before, body })).status).toBe(200)
    killServer(dataDir)
    expect((await post(app.url, { guid: during, body })).status).toBe(503)
    expect((await fetch(`${app.url}/healthz`)).status).toBe(503)
    // Sent again, as recovery does, until the server that the app started again takes it.
    let status = 503
    while (status === 503) status = (await post(app.url, { guid: during, body })).status
    expect(status).toBe(200)
    expect((await post(app.url, { guid: after, body })).status).toBe(200)
    expect(await (await post(app.url, { guid: before, body })).json()).toMatchObject({
      outcome: 'duplicate',
    })
    expect(await totalEntries()).toBe(3)
  })

  it('goes through that again and again, and still stops in order', async () => {
    for (let round = 0; round < 4; round += 1) {
      killServer(dataDir)
      let status = 503
      while (status === 503) status = (await post(app.url, { guid: newGuid(), body })).status
      expect(status).toBe(200)
    }
    expect(await app.end('SIGTERM')).toBe(0)
  })
})
