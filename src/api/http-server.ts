import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getRequestListener } from '@hono/node-server'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface HttpServerOptions {
  readonly bind: { readonly host: string; readonly port: number }
  /** Requests on this path go to `webhook`, whatever their method; all others to `fetch`. */
  readonly webhookPath: string
  readonly webhook: Handler | undefined
  readonly fetch: (request: Request) => Response | Promise<Response>
}

export interface HttpServer {
  /** With the port that was really taken. */
  readonly url: string
  /** Refuses new requests and waits for those under way. */
  stop(): Promise<void>
}

/** A request has a minute to arrive in full; GitHub itself gives up after ten seconds. */
const REQUEST_TIMEOUT_MS = 60_000

/** Listens. @throws as node:net does (EADDRINUSE, EACCES) when the address cannot be had */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const rest = getRequestListener(options.fetch)
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const path = request.url?.split('?', 1)[0]
    const handler = path === options.webhookPath && options.webhook ? options.webhook : rest
    void handler(request, response)
  })
  await listen(server, options.bind)
  return { url: urlOf(server), stop: () => stop(server) }
}

function listen(server: Server, { host, port }: HttpServerOptions['bind']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  const host = family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${String(port)}`
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error)
      else resolve()
    })
    server.closeIdleConnections()
  })
}
