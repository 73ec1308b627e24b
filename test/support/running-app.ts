import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process, { env } from 'node:process'

const SECRET = 'a-secret-of-the-tests-0123456789abcdef'
export const API_TOKEN = 'token-of-the-tests-0123456789abcdef0123456789'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

/** The program as users run it: the build in dist/, in a process of its own. */
const MAIN = path.join(import.meta.dirname, '../../dist/main.js')

export interface RunningApp {
  readonly url: string
  readonly child: ChildProcess
  /** Sends a signal and waits until the process is gone. Returns its exit code, null after a signal. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A data directory that the end of the Jest run removes, its server too if a test left one (test/global-setup.js). */
export function makeDataDir(): string {
  const parent = env['HOOKTRAIL_TEST_POSTGRES']
  if (parent === undefined) throw new Error('run this with Jest: test/global-setup.js says where')
  return path.join(parent, newGuid())
}

export function appEnvironment(dataDir: string): Record<string, string> {
  return {
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    // Nobody listens there: reactions fail and wait, deliveries must not care.
    GITHUB_API_URL: 'http://127.0.0.1:9',
    HOOKTRAIL_DATA_DIR: dataDir,
    HOOKTRAIL_API_TOKEN: API_TOKEN,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_FORMAT: 'json',
  }
}

/** Starts the program and waits until it says that it is ready. Rejects with its output if it ends before. */
export function startApp(environment: Readonly<Record<string, string>>): Promise<RunningApp> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN], {
      // No .env of whoever runs the tests.
      cwd: tmpdir(),
      env: { PATH: env['PATH'], HOME: env['HOME'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const gone = new Promise<number | null>((ended) => child.once('exit', ended))
    let output = ''
    const onOutput = (chunk: Buffer): void => {
      output += chunk.toString()
      const url = /"url":"(http:[^"]+)"/.exec(output)?.[1]
      if (url === undefined) return
      const end = (signal: NodeJS.Signals): Promise<number | null> => {
        child.kill(signal)
        return gone
      }
      resolve({ url, child, end })
    }
    child.stdout.on('data', onOutput)
    child.stderr.on('data', onOutput)
    void gone.then((code) => {
      reject(
        Object.assign(new Error(`ended with ${String(code)}: ${output}`), {
          exitCode: code,
          output,
        }),
      )
    })
  })
}

/** Posts a delivery as GitHub does. */
export function post(
  url: string,
  delivery: { readonly guid: string; readonly event?: string; readonly body: string },
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { guid, event = 'push', body } = delivery
  return fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': guid,
      'x-hub-signature-256': sign(body),
      ...headers,
    },
  })
}

function sign(body: string | Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

export function newGuid(): string {
  return randomBytes(16).toString('hex')
}
