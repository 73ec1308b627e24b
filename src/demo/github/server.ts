import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createApi, type Answered, type Api, type Request } from './api.js'
import type { App } from './app.js'
import { createFaults, faultMessage, type Fault, type Faults } from './faults.js'
import { createJournal, type Counters, type Journal, type LogEntry } from './journal.js'
import { gitHubValidator, type Violation } from './openapi/index.js'
import { servePage } from './pages/index.js'
import { errorBody } from './refusal.js'
import type { World } from './route.js'
import type { GitHubState } from './state.js'

export interface StandInOptions {
  readonly state: GitHubState
  /** The App that the state's installations belong to. */
  readonly app: App
  /** The clock that tokens, JWTs and new objects go by. */
  readonly now?: () => Date
  /** 0, the default: any that is free. */
  readonly port?: number
}

/** A running stand-in for GitHub, on loopback only. */
export interface StandIn {
  /** Pages at `url`, the API at `url` and at `url/api/v3`. */
  readonly url: string
  /** The newest 10,000 requests, oldest first. */
  readonly log: readonly LogEntry[]
  readonly counters: () => Counters
  /** What was asked or answered against GitHub's description; empty when all is well. `describeViolation` words one. */
  readonly violations: () => readonly Violation[]
  /** Makes requests that fit fail, in the order of the calls. */
  readonly fail: (fault: Fault) => void
  readonly clearFaults: () => void
  readonly close: () => Promise<void>
}

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { state, app, now = () => new Date() } = options
  const journal = createJournal()
  const faults = createFaults()
  const world: World = {
    state,
    mainAppId: app.id,
    apps: new Map([[app.id, app]]),
    tokens: new Map(),
    manifests: new Map(),
    now,
  }
  const validator = gitHubValidator()
  const api = createApi({ world, validator, journal })
  const find = (method: string, path: string): string | undefined =>
    validator.find(method, path)?.described.id
  const server = createServer((incoming, outgoing) => {
    handle({ world, api, journal, faults, find }, incoming, outgoing).catch(() => {
      // The client went away while it was sending.
      outgoing.destroy()
    })
  })
  state.url = await listen(server, options.port ?? 0)
  return {
    url: state.url,
    log: journal.log,
    counters: journal.counters,
    violations: journal.violations,
    fail: faults.add,
    clearFaults: faults.clear,
    close: () => close(server),
  }
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${String(portOf(server.address()))}`)
    })
  })
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new TypeError('The stand-in has no TCP port.')
  return address.port
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error)
      else resolve()
    })
    // Clients keep connections open; nobody waits for them here.
    server.closeAllConnections()
  })
}

interface Parts {
  readonly world: World
  readonly api: Api
  readonly journal: Journal
  readonly faults: Faults
  readonly find: (method: string, path: string) => string | undefined
}

async function handle(
  parts: Parts,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming)
  const operation = request && parts.find(request.method, request.path)
  if (!request) {
    send(outgoing, { status: 400, body: errorBody(400, 'Problems parsing JSON') })
    return
  }
  const fault = parts.faults.take({ ...request, operation })
  if (fault?.delayMs !== undefined) await wait(fault.delayMs)
  const answered = await answerWith(parts, request, fault)
  const seen = fault?.drop ? { ...answered, status: 0 } : answered
  parts.journal.write(
    logEntry(parts.world.now(), request, {
      ...seen,
      ...(operation !== undefined && { operation }),
    }),
  )
  if (fault?.drop) outgoing.destroy()
  else send(outgoing, answered)
}

async function answerWith(
  parts: Parts,
  request: Request,
  fault: Fault | undefined,
): Promise<Answered> {
  const own = fault && ownAnswer(fault)
  if (own && fault.moment !== 'after') return own
  const real = await answerRequest(parts, request)
  return own ?? real
}

/** A fault that only delays lets the request through. */
function ownAnswer(fault: Fault): Answered | undefined {
  if (fault.drop) return { status: 0 }
  if (fault.status === undefined) return undefined
  const body = errorBody(fault.status, faultMessage(fault))
  return { status: fault.status, body, headers: fault.headers ?? {} }
}

async function answerRequest({ world, api, journal }: Parts, request: Request): Promise<Answered> {
  try {
    return servePage(world, request) ?? (await api.answer(request))
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const { method, path } = request
    const at = `${method} ${path}`
    journal.blame([{ operation: at, in: 'operation', at: path, rule: 'crash', message }])
    return { status: 500, body: errorBody(500, message) }
  }
}

/** undefined for a body that is not JSON. */
async function readRequest(incoming: IncomingMessage): Promise<Request | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) if (chunk instanceof Buffer) chunks.push(chunk)
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const text = Buffer.concat(chunks).toString('utf8')
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
  const body = parseBody(text, headers['content-type'])
  if (body === NOT_JSON) return undefined
  const path = url.pathname
  return { method: incoming.method ?? 'GET', path, query: url.searchParams, headers, body }
}

const NOT_JSON = Symbol('not JSON')

function parseBody(text: string, contentType = ''): unknown {
  if (text === '') return undefined
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    return NOT_JSON
  }
}

function send(outgoing: ServerResponse, answered: Answered): void {
  const type = answered.text?.type ?? 'application/json; charset=utf-8'
  const content =
    answered.text?.content ??
    (answered.body === undefined ? undefined : JSON.stringify(answered.body))
  outgoing.writeHead(answered.status, {
    ...answered.headers,
    ...(content !== undefined && { 'content-type': type }),
  })
  outgoing.end(content)
}

function logEntry(at: Date, request: Request, seen: Answered): LogEntry {
  // The code of a manifest is good for one App's private key.
  const path = request.path
    .replace(/^\/api\/v3(?=\/)/, '')
    .replace(/(?<=^\/app-manifests\/)[^/]+/, '…')
  return {
    at,
    method: request.method,
    path,
    query: decodeURIComponent(request.query.toString()),
    operation: seen.operation,
    status: seen.status,
    installationId: seen.installationId,
  }
}
