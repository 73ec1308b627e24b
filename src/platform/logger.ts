import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'

import type { Config } from './config.js'
import { loggable } from './logger/loggable.js'
import { prettyLine } from './logger/pretty-line.js'
import { redaction } from './logger/redaction.js'

/** Structured log: `log.info({ key: value }, 'sentence')`. Bodies, headers and secrets never reach it. */
export type Logger = PinoLogger

/** What of the config a logger needs: how to write, and the secrets that must not be written. */
export type LoggerConfig = Pick<Config, 'logLevel' | 'logFormat'> &
  Partial<Pick<Config, 'webhookSecrets' | 'apiToken' | 'databaseUrl'>>

/**
 * A logger to stderr, so that stdout stays for data.
 * @param destination where lines go instead, for tests
 */
export function createLogger(
  config: LoggerConfig,
  destination: DestinationStream = stderr(),
): Logger {
  const redact = redaction(secretsOf(config))
  const layout = config.logFormat === 'pretty' ? prettyLine : sameLine
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }), log: loggable },
      // pino's own would write an error's every property.
      serializers: { err: asItIs, req: asItIs, res: asItIs },
      hooks: { streamWrite: (line) => layout(redact(line)) },
    },
    destination,
  )
}

/** Synchronous: the last line before a crash is the one that is needed. */
function stderr(): DestinationStream {
  return pino.destination({ dest: 2, sync: true })
}

function asItIs(value: unknown): unknown {
  return value
}

function sameLine(line: string): string {
  return line
}

function secretsOf(config: LoggerConfig): string[] {
  const { webhookSecrets = [], apiToken, databaseUrl } = config
  const password = databaseUrl === undefined ? '' : new URL(databaseUrl).password
  return [...webhookSecrets, apiToken ?? '', password, unescaped(password)]
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
