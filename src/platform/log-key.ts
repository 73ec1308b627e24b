import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { mkdir, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import { HooktrailError } from '../core/domain/index.js'
import { errorCode } from './config/error-code.js'
import type { LogSettings } from './config/log-settings.js'

/** An Ed25519 key of this process. */
export interface LogKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly sign: (message: Uint8Array) => Uint8Array
}

/** The key cannot be had; the message says where it was looked for, and what to do. */
export class LogKeyError extends HooktrailError<'log-key'> {
  constructor(message: string, options?: { cause?: unknown }) {
    super('log-key', message, options)
  }
}

/**
 * The key that the settings give; `undefined` if there is no such file.
 * @throws LogKeyError
 */
export async function readLogKey({
  key,
  keyPath,
}: Pick<LogSettings, 'key' | 'keyPath'>): Promise<LogKey | undefined> {
  if (key !== undefined) return parseLogKey(key, 'HOOKTRAIL_LOG_KEY')
  try {
    await refuseOpenFile(keyPath)
    return parseLogKey(await readFile(keyPath, 'utf8'), keyPath)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    if (cause instanceof LogKeyError) throw cause
    throw new LogKeyError(
      `The signing key ${keyPath} cannot be read (${errorCode(cause) ?? 'unknown error'}). Let this user read it.`,
      { cause },
    )
  }
}

/** Who reads the key can sign as the log. */
async function refuseOpenFile(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o007) === 0) return
  throw new LogKeyError(
    `The signing key ${file} can be read or written by everybody. Run chmod 600 ${file}; if others use this machine, rotate it too: hooktrail log rotate.`,
  )
}

function parseLogKey(text: string, where: string): LogKey {
  let key: KeyObject
  try {
    const lines = text.trim().replaceAll('\\n', '\n')
    key = createPrivateKey(
      lines.includes('-----BEGIN') ? lines : Buffer.from(lines, 'base64').toString('utf8'),
    )
  } catch {
    // OpenSSL's own message stays out of it: it may quote the input.
    throw new LogKeyError(
      `${where} does not hold a private key in PEM form. Make one with openssl genpkey -algorithm ed25519.`,
    )
  }
  if (key.asymmetricKeyType === 'ed25519') return logKeyOf(key)
  throw new LogKeyError(
    `${where} holds a key of type ${String(key.asymmetricKeyType)}; checkpoints are signed with Ed25519. Make one with openssl genpkey -algorithm ed25519.`,
  )
}

function logKeyOf(key: KeyObject): LogKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: (message) => sign(null, message, key),
  }
}

/**
 * Makes a key and keeps it in a new file, readable by its owner only.
 * @throws LogKeyError also if the file is there already
 */
export async function makeLogKey(file: string): Promise<LogKey> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  try {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(pem)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new LogKeyError(
      `A signing key cannot be written to ${file} (${errorCode(cause) ?? 'unknown error'}). Let this user write there, or name another place in HOOKTRAIL_LOG_KEY_PATH.`,
      { cause },
    )
  }
  return logKeyOf(privateKey)
}
