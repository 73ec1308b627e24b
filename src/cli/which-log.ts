import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { errorCode, examineConfig, ConfigError, type Config } from '../platform/index.js'
import { cliConfig } from './config.js'
import type { CliContext } from './context.js'
import { UsageError } from './exit-code.js'

/** The server that is asked, and with what. */
interface AskedServer {
  readonly url: string
  /** Read only when it is needed. @throws UsageError */
  readonly token: () => string
}

/**
 * The server that the command line or the settings name; `undefined` where the database is to be asked. HOOKTRAIL_URL alone
 * names none: it is set where Hooktrail itself runs, too.
 * @throws UsageError, ConfigError
 */
export function askedServer(context: CliContext): AskedServer | undefined {
  const { server: flag, tokenFile } = context.server?.() ?? {}
  if (flag === false) return undefined
  const config = cliConfig(context)
  const file = tokenFile === undefined ? undefined : resolve(context.place.cwd, tokenFile)
  const given = file ?? config.serverToken ?? config.serverTokenFile
  if (flag === undefined && given === undefined) return undefined
  const url = flag ?? usualServer(context, config)
  return { url, token: () => tokenFor(url, config, file) }
}

function usualServer(context: CliContext, { publicUrl }: Config): string {
  if (publicUrl !== undefined) return publicUrl
  const { problems } = examineConfig(context.environment(), context.place)
  const refused = problems.filter(({ setting }) => setting === 'HOOKTRAIL_URL')
  if (refused.length > 0) throw new ConfigError(refused)
  throw new UsageError(
    'there is a token, but no server that it is for: set HOOKTRAIL_URL to its address (or --server https://hooktrail.example.com), or say --no-server for the database that the settings name here',
  )
}

function tokenFor(url: string, config: Config, tokenFile: string | undefined): string {
  const file = tokenFile ?? (config.serverToken === undefined ? config.serverTokenFile : undefined)
  const token = file === undefined ? config.serverToken : readToken(file)
  if (token !== undefined) return token
  throw new UsageError(
    `a token is needed to ask ${url}: make one where Hooktrail runs (hooktrail token create --name laptop), and put it into HOOKTRAIL_TOKEN, or into a file that HOOKTRAIL_TOKEN_PATH or --token-file names`,
  )
}

/** It has to fit into a header, and is shown in no message. */
function readToken(file: string): string {
  const text = textOf(file).trim()
  if (/^[!-~]{1,1000}$/.test(text)) return text
  throw new UsageError(`${file} holds no token: it is one line, htk_ and what follows`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = errorCode(cause) ?? 'unknown error'
    throw new UsageError(
      `the token in ${file} cannot be read (${reason}): name another with --token-file or HOOKTRAIL_TOKEN_PATH`,
      {
        cause,
      },
    )
  }
}
