import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createDeliverer, type Deliverer } from '../../../src/demo/index.js'
import { openScene, type Scene } from './scene.js'

const SECRET = 'a secret that is long enough'
let scene: Scene
let receiver: Server
let deliverer: Deliverer
let status = 200
const seen: { headers: IncomingHttpHeaders; body: string }[] = []

beforeEach(async () => {
  scene = await openScene()
  seen.length = 0
  status = 200
  receiver = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      seen.push({ headers: request.headers, body })
      response.writeHead(status).end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  const port = typeof address === 'object' ? address?.port : 0
  const url = `http://127.0.0.1:${String(port)}/hook`
  deliverer = createDeliverer({ state: scene.state, url, secret: SECRET, hookId: 99, appId: 4242 })
})
afterEach(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await scene.standIn.close()
})

const payload = { action: 'opened', installation: { id: 5 }, repository: { id: 6 }, text: 'é' }

describe('a delivery', () => {
  it('is signed over its bytes and carries the headers of GitHub', async () => {
    const delivered = await deliverer.deliver({ event: 'issues', payload, guid: 'g-1' })
    expect(delivered).toMatchObject({ status: 200, guid: 'g-1' })
    const [request] = seen
    const hmac = createHmac('sha256', SECRET)
      .update(request?.body ?? '')
      .digest('hex')
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\/[0-9a-f]{7}$/),
      'x-github-delivery': 'g-1',
      'x-github-event': 'issues',
      'x-github-hook-id': '99',
      'x-github-hook-installation-target-id': '4242',
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature-256': `sha256=${hmac}`,
    })
  })

  it('is listed for the App with what came of it, newest first, by cursor', async () => {
    await deliverer.deliver({ event: 'issues', payload })
    status = 503
    await deliverer.deliver({ event: 'push', payload: { repository: { id: 6 } } })
    const { apps } = scene.app.rest
    const page = await apps.listWebhookDeliveries({ per_page: 1 })
    expect(page.data).toMatchObject([
      { event: 'push', action: null, status_code: 503, repository_id: 6 },
    ])
    expect(page.headers.link).toMatch(/cursor=\d+>; rel="next"/)
    const failed = await apps.listWebhookDeliveries({ status: 'failure' })
    expect(failed.data).toHaveLength(1)
    const all = await scene.app.paginate(apps.listWebhookDeliveries, { per_page: 1 })
    expect(all.map(({ event }) => event)).toEqual(['push', 'issues'])
    const detail = await apps.getWebhookDelivery({ delivery_id: all[1]?.id ?? 0 })
    expect(detail.data).toMatchObject({
      action: 'opened',
      installation_id: 5,
      request: { payload },
    })
    expect(JSON.stringify(detail.data)).not.toContain(SECRET)
    expect(scene.standIn.violations()).toEqual([])
  })

  it('is sent again, the same bytes with the same GUID, when the App asks', async () => {
    await deliverer.deliver({ event: 'issues', payload, guid: 'g-2' })
    const [first] = scene.state.deliveries
    const asked = await scene.app.rest.apps.redeliverWebhookDelivery({
      delivery_id: first?.id ?? 0,
    })
    expect(asked.status).toBe(202)
    await waitFor(() => scene.state.deliveries.length === 2)
    expect(seen.map(({ body }) => body)).toEqual([seen[0]?.body, seen[0]?.body])
    expect(scene.state.deliveries[1]).toMatchObject({
      guid: 'g-2',
      redelivery: true,
      statusCode: 200,
    })
  })

  it('that nobody answers is on record with status 0', async () => {
    receiver.closeAllConnections()
    await new Promise((resolve) => receiver.close(resolve))
    expect(await deliverer.deliver({ event: 'push', payload })).toMatchObject({ status: 0 })
    expect(scene.state.deliveries.at(-1)).toMatchObject({ status: 'failed to connect to host' })
  })
})

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
