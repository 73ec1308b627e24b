import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { UsageError } from '../exit-code.js'
import { answerCheckpoint, type WitnessAnswer, type WitnessParts } from './answer-checkpoint.js'
import { writeTree, type WitnessedTree } from './witness-state.js'

/** Far above 63 proof lines and a checkpoint with a hundred signatures. */
const MAX_BODY_BYTES = 1_000_000
const MAX_REQUEST_MS = 10_000
const PATH = '/add-checkpoint'

export interface WitnessServerOptions extends WitnessParts {
  /** Where the trees are kept. */
  readonly directory: string
  /** As they are kept, one for each log that is witnessed. */
  readonly trees: readonly WitnessedTree[]
  readonly bind: { readonly host: string; readonly port: number }
}

export interface WitnessServer {
  readonly url: string
  stop(): Promise<void>
}

/**
 * A tlog-witness over HTTP. Requests are answered one after the other: what is known is compared, written and only then
 * cosigned, so that no two trees of one size are ever cosigned.
 * @throws UsageError when the address cannot be had
 */
export async function startWitness(options: WitnessServerOptions): Promise<WitnessServer> {
  const memory = new Map(options.trees.map((tree) => [tree.origin, tree]))
  let last: Promise<unknown> = Promise.resolve()
  const answerInTurn = (body: string): Promise<WitnessAnswer> => {
    const answer = last.then(async () => {
      const { answer: decided, tree } = answerCheckpoint(options, memory, body)
      if (tree) {
        await writeTree(options.directory, tree)
        memory.set(tree.origin, tree)
      }
      return decided
    })
    last = answer.catch(() => undefined)
    return answer
  }
  const server = createServer({ requestTimeout: MAX_REQUEST_MS }, (request, response) => {
    void serve(request, response, answerInTurn)
  })
  return listen(server, options.bind)
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (body: string) => Promise<WitnessAnswer>,
): Promise<void> {
  try {
    if (request.url !== PATH) {
      end(response, 404, 'POST /add-checkpoint')
      return
    }
    if (request.method !== 'POST') {
      end(response, 405, 'POST /add-checkpoint')
      return
    }
    const body = await readBody(request)
    if (body === undefined) {
      end(response.setHeader('Connection', 'close'), 400, 'too long, or not UTF-8')
      return
    }
    const { status, type, body: text } = await answer(body)
    response.writeHead(status, { 'Content-Type': type }).end(text)
  } catch {
    // The tree could not be written, or the client has gone: nothing was cosigned.
    end(response, 500, 'the witness cannot keep what it knows')
  }
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    const bytes = part as Buffer
    length += bytes.length
    if (length > MAX_BODY_BYTES) return undefined
    parts.push(bytes)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts))
  } catch {
    return undefined
  }
}

async function listen(
  server: Server,
  { host, port }: WitnessServerOptions['bind'],
): Promise<WitnessServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `The witness cannot listen on ${host} port ${String(port)}: ${cause.message}. Give another --host or --port.`
      reject(new UsageError(message, { cause }))
    })
    server.listen({ host, port }, resolve)
  })
  const { port: taken, address, family } = server.address() as AddressInfo
  const name = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `http://${name}:${String(taken)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
