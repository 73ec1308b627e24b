import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { errorCode } from './error-code.js'
import type { Report } from './problem.js'
import type { Values } from './values.js'

/** What proves to GitHub that we are the App. */
export interface AppCredentials {
  readonly id: number
  /** PKCS #8 in PEM, whichever form it was given in. */
  readonly privateKey: string
}

/** `undefined` when no credentials are given (setup mode) or when they are refused (which is reported). */
export function appCredentials(
  values: Values,
  cwd: string,
  report: Report,
): AppCredentials | undefined {
  const { APP_ID: id, PRIVATE_KEY: text, PRIVATE_KEY_PATH: path } = values
  if (text !== undefined && path !== undefined) {
    report('PRIVATE_KEY', 'is set and PRIVATE_KEY_PATH too.', 'Remove one of the two.')
    return undefined
  }
  const hasKey = text !== undefined || path !== undefined
  if (id !== undefined && !hasKey) report('PRIVATE_KEY', 'is missing, and APP_ID is set.')
  const privateKey =
    text === undefined ? readKey(path, cwd, report) : parseKey('PRIVATE_KEY', text, report)
  return id === undefined || privateKey === undefined ? undefined : { id, privateKey }
}

/** In production there must be an App; a key must have its App anywhere. */
export function requireAppId(values: Values, report: Report): void {
  const hasKey = values.PRIVATE_KEY !== undefined || values.PRIVATE_KEY_PATH !== undefined
  if (values.APP_ID !== undefined) return
  if (hasKey) report('APP_ID', 'is missing, and a private key is given.')
  if (hasKey || values.NODE_ENV !== 'production') return
  report('APP_ID', 'is missing: in production there is no setup page.')
  report('PRIVATE_KEY', 'is missing.')
}

function readKey(path: string | undefined, cwd: string, report: Report): string | undefined {
  if (path === undefined) return undefined
  const file = resolve(cwd, path)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    report(
      'PRIVATE_KEY_PATH',
      `names ${file}, which cannot be read (${errorCode(cause) ?? 'unknown error'}).`,
    )
    return undefined
  }
  return parseKey('PRIVATE_KEY_PATH', text, report)
}

function parseKey(
  setting: 'PRIVATE_KEY' | 'PRIVATE_KEY_PATH',
  text: string,
  report: Report,
): string | undefined {
  let key: KeyObject
  try {
    key = createPrivateKey(pemOf(text))
  } catch {
    // OpenSSL's own message stays out of it: it may quote the input.
    report(setting, 'does not hold a private key in PEM form.')
    return undefined
  }
  if (key.asymmetricKeyType !== 'rsa') {
    report(setting, `holds a key of type ${String(key.asymmetricKeyType)}; GitHub Apps use RSA.`)
    return undefined
  }
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function pemOf(text: string): string {
  const lines = text.trim().replaceAll('\\n', '\n')
  return lines.includes('-----BEGIN') ? lines : Buffer.from(lines, 'base64').toString('utf8')
}
