/** Setup mode: no credentials yet. Explains the two ways on, and serves the page that registers the App, on loopback. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import process from 'node:process'

import { createSetupApi, startHttpServer, type HttpServer } from './api/index.js'
import {
  exchangeManifestCode,
  readAppManifest,
  saveCredentials,
  type Config,
  type Logger,
} from './platform/index.js'

type SetupConfig = Omit<Config, 'app'>

/** @throws the error of net.Server when the port cannot be had */
export async function startSetup(config: SetupConfig, log: Logger): Promise<HttpServer> {
  let answer: (request: Request) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 })
  const server = await startHttpServer({
    // Whoever reaches these pages first chooses the credentials: never beyond this machine.
    bind: { host: '127.0.0.1', port: config.bind.port },
    webhookPath: config.webhookPath,
    webhook: undefined,
    fetch: (request) => answer(request),
  })
  const api = createSetupApi({
    githubUrl: config.githubUrl,
    // The name that people type; the address would do as well.
    origin: `http://localhost:${new URL(server.url).port}`,
    webhookPath: config.webhookPath,
    publicUrl: config.publicUrl,
    manifest: readAppManifest(config.host),
    state: randomBytes(24).toString('base64url'),
    exchange: (code) => exchangeManifestCode(config.githubApiUrl, code),
    save: (registration) => saveCredentials(path.join(process.cwd(), '.env'), registration),
    log,
  })
  answer = api.fetch
  process.stdout.write(twoWaysOn(`http://localhost:${new URL(server.url).port}/`))
  return server
}

function twoWaysOn(url: string): string {
  return `
Hooktrail has no GitHub App yet (APP_ID and PRIVATE_KEY are not set). Two ways on:

  1. Register the App, with one click: open  ${url}
     on this machine. GitHub asks you to confirm, the credentials go into .env, then start again.
     Somewhere else? Forward the port first:  ssh -L ${new URL(url).port}:localhost:${new URL(url).port} <this machine>
     An App that is registered already: put its APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET into .env
     (.env.example says what each is).

  2. Look at what it does, without GitHub:  npm run demo

`
}
