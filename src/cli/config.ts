import { ConfigError, examineConfig, type Config } from '../platform/index.js'
import type { CliContext } from './context.js'

/** Settings of these groups are used by every command; the App's may be missing or wrong. */
const GROUPS = new Set(['database', 'log', 'asking', 'logging'])

/**
 * The configuration as far as asking the log needs it. Its log is for people and quiet, unless LOG_LEVEL asks for
 * the details.
 * @throws ConfigError
 */
export function cliConfig(context: CliContext): Config {
  const { config, problems } = examineConfig(context.environment(), context.place)
  const ours = problems.filter(({ group }) => group !== undefined && GROUPS.has(group))
  if (ours.length > 0) throw new ConfigError(ours)
  const talkative = config.logLevel === 'debug' || config.logLevel === 'trace'
  return { ...config, logLevel: talkative ? config.logLevel : 'warn', logFormat: 'pretty' }
}
