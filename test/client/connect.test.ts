import { describe, expect, it } from '@jest/globals'

import { answered, connect, exportEntries, followEntries } from '../../src/client/index.js'
import type { ApiClient } from '../../src/client/index.js'

type Reply = (request: Request) => Response | Promise<Response>

const NEVER = new AbortController().signal

function client(fetch: Reply, waits: number[] = []): ApiClient {
  return connect({
    ...{ url: 'https://hooktrail.example', token: 'secret', version: '1', signal: NEVER },
    fetch: (request) => Promise.resolve(fetch(request)),
    pause: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
  })
}

function failing(code: string, message: string): Reply {
  return () => {
    const cause = Object.assign(new Error(message), { code })
    throw new TypeError('fetch failed', { cause })
  }
}

describe('why a server cannot be reached', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'server.address', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'server.address', 'no token was sent'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'server.address', 'somebody else may be answering'],
    ['EPROTO', 'server.address', 'does not speak TLS'],
    ['ENOTFOUND', 'server.away', 'there is no such host'],
    ['ECONNREFUSED', 'server.away', 'nothing listens there'],
    ['EWHATEVER', 'server.away', 'https://hooktrail.example cannot be reached: it said so.'],
  ])('%s', async (code, expected, message) => {
    const asked = client(failing(code, 'it said so')).GET('/api/v1/saved-queries')
    await expect(asked).rejects.toMatchObject({
      code: expected,
      message: expect.stringContaining(message),
    })
  })
})

const ENTRY = {
  ...{ schema: 1, id: '0199e2c4-7b1f-7cc3-98c4-dc0c0c07398f', seq: 7, action: 'push.created' },
  ...{ occurred_at: '2026-11-01T11:00:00.000Z', recorded_at: '2026-11-01T11:00:00.000Z' },
  ...{ operation: 'create', category: 'source', outcome: 'success', severity: 0, targets: [] },
  actor: { type: 'user', login: 'octocat' },
  attribution: { confidence: 'verified', method: 'sender' },
  source: { system: 'github', kind: 'webhook', delivery_id: 'x', event: 'push' },
}

function streamed(type: string, text: string): Response {
  // In pieces that end in the middle of everything.
  const bytes = new TextEncoder().encode(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 50) }, (_, at) =>
    bytes.slice(at * 50, at * 50 + 50),
  )
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces.shift()
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': type } })
}

async function seqsOf(batches: AsyncIterable<readonly { seq: number }[]>): Promise<number[]> {
  const seqs: number[] = []
  for await (const batch of batches) seqs.push(...batch.map(({ seq }) => seq))
  return seqs
}

describe('an export', () => {
  const line = `${JSON.stringify(ENTRY)}\n`

  it('is whole with its last line, and is told of when that is missing', async () => {
    const whole = client(() => streamed('application/x-ndjson', `${line}${line}{"end":{}}\n`))
    expect(await seqsOf(exportEntries(whole, ''))).toEqual([7, 7])
    const half = client(() => streamed('application/x-ndjson', line + line))
    await expect(seqsOf(exportEntries(half, ''))).rejects.toThrow('broke off after 2 entries')
  })

  it('is of entries only', async () => {
    const wrong = client(() => streamed('application/x-ndjson', '{"seq":"x"}\n'))
    await expect(seqsOf(exportEntries(wrong, ''))).rejects.toMatchObject({ code: 'server.answer' })
    const page = client(() => streamed('text/html', '<p>'))
    await expect(seqsOf(exportEntries(page, ''))).rejects.toMatchObject({ code: 'server.address' })
  })
})

describe('following', () => {
  const event = (seq: number): string =>
    `id: ${String(seq)}\nevent: entry\ndata: ${JSON.stringify({ ...ENTRY, seq })}\n\n`

  it('goes on where it lost the connection, with growing pauses, until it is told to stop', async () => {
    const asked: (string | null)[] = []
    const waits: number[] = []
    const away: Reply = failing('ECONNREFUSED', 'gone')
    const replies: Reply[] = [
      () => streamed('text/event-stream', `retry: 1\nid: 4\n\n${event(5)}: up to\nid: 9\n\n`),
      away,
      away,
      () => streamed('text/event-stream', `id: 9\n\n${event(10)}`),
    ]
    const api = client((request) => {
      asked.push(request.headers.get('last-event-id'))
      const reply = replies.shift()
      if (reply) return reply(request)
      const body = { type: 'urn:hooktrail:problem:api.unauthorized', status: 401 }
      return new Response(JSON.stringify({ ...body, code: 'api.unauthorized', detail: 'over' }), {
        status: 401,
        headers: { 'content-type': 'application/problem+json' },
      })
    })
    const said: string[] = []
    const batches = await followEntries(api, '', {
      signal: NEVER,
      pause: (ms) => {
        waits.push(ms)
        return Promise.resolve()
      },
      onAway: () => {
        said.push('away')
        return Promise.resolve()
      },
    })
    const seqs: number[] = []
    const end = (async () => {
      for await (const batch of batches) seqs.push(...batch.map(({ seq }) => seq))
    })()
    await expect(end).rejects.toMatchObject({ code: 'server.token' })
    expect(seqs).toEqual([5, 10])
    expect(asked).toEqual([null, '9', '9', '9', '10'])
    expect(waits).toEqual([500, 1000, 2000, 500])
    expect(said).toEqual(['away'])
  })

  it('takes a connection that breaks before its first word for one that is lost', async () => {
    const torn: Reply = () => {
      const body = new ReadableStream({
        pull: (controller) => {
          controller.error(new TypeError('terminated'))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
    const replies = [
      () => streamed('text/event-stream', `id: 4\n\n${event(5)}`),
      torn,
      () => streamed('text/event-stream', `id: 5\n\n${event(6)}`),
    ]
    const stop = new AbortController()
    const following = {
      signal: stop.signal,
      pause: () => Promise.resolve(),
      onAway: () => Promise.resolve(),
    }
    const batches = await followEntries(
      client((request) => (replies.shift() ?? torn)(request)),
      '',
      following,
    )
    expect((await batches.next()).value).toMatchObject([{ seq: 5 }])
    expect((await batches.next()).value).toMatchObject([{ seq: 6 }])

    const first = followEntries(client(torn), '', following)
    await expect(first).rejects.toMatchObject({ code: 'server.away' })
    stop.abort(new Error('Ctrl-C'))
    await expect(followEntries(client(torn), '', following)).rejects.toThrow('Ctrl-C')
  })

  it('says at once when it is not allowed', async () => {
    const api = client(failing('ENOTFOUND', 'no'))
    const following = {
      signal: NEVER,
      pause: () => Promise.resolve(),
      onAway: () => Promise.resolve(),
    }
    await expect(followEntries(api, '', following)).rejects.toMatchObject({ code: 'server.away' })
  })
})

it('what is asked carries the token and the version', async () => {
  const seen: (string | null)[] = []
  const api = client(({ headers }) => {
    seen.push(headers.get('authorization'), headers.get('user-agent'))
    return Response.json({ saved: [] })
  })
  expect(answered(await api.GET('/api/v1/saved-queries'))).toEqual({ saved: [] })
  expect(seen).toEqual(['Bearer secret', 'hooktrail/1'])
})
