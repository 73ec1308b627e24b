import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { parse } from 'dotenv'

import { appCredentials, requireAppId, type AppCredentials } from './config/app-credentials.js'
import { errorCode } from './config/error-code.js'
import { logSettings, type LogSettings } from './config/log-settings.js'
import { ConfigError, problemOf, type Report, type SettingProblem } from './config/problem.js'
import { unknownSettings } from './config/unknown-settings.js'
import { parseValues, type LogLevel, type Values } from './config/values.js'
import { webhookSecrets } from './config/webhook-secrets.js'

export { ConfigError, type SettingProblem } from './config/problem.js'
export { envExample, settingsTables } from './config/documentation.js'
export type { LogSettings } from './config/log-settings.js'
export type { AppCredentials } from './config/app-credentials.js'
export { isTimeZone, type LogLevel } from './config/values.js'

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** All that can be set, parsed once. Directories are absolute; URLs have no slash at the end. */
export interface Config {
  readonly mode: 'production' | 'development'
  /** GitHub's host without scheme: `github.com`, or the Enterprise Server's. */
  readonly host: string
  readonly githubUrl: string
  readonly githubApiUrl: string
  /** Absent: no credentials yet, which is setup mode. Never absent in production. */
  readonly app?: AppCredentials
  /** The present secret first; empty in setup mode only. */
  readonly webhookSecrets: readonly string[]
  readonly webhookPath: string
  readonly bind: { readonly host: string; readonly port: number }
  readonly publicUrl?: string
  /** Absent: the embedded server in `dataDir`. */
  readonly databaseUrl?: string
  readonly dataDir: string
  /** Says how far the log was verified. */
  readonly verifiedFile: string
  readonly postgresUser: string
  readonly apiToken?: string
  readonly log: LogSettings
  readonly logLevel: LogLevel
  readonly logFormat: 'json' | 'pretty'
  readonly rawRetentionDays: number
  /** 0: for ever. */
  readonly textRetentionDays: number
  readonly selfCheck: 'all' | 'new' | 'off'
  readonly jobConcurrency: number
  readonly checkDelayMs: number
  /** IANA name: what days and times without an offset are meant in. */
  readonly timeZone: string
  /** The login that `@me` stands for on the command line. */
  readonly login?: string
  /** The token with which the command line asks the server at `publicUrl`, or the file that holds it. */
  readonly serverToken?: string
  readonly serverTokenFile?: string
  /** Said once at start: settings that are accepted but probably not meant. */
  readonly warnings: readonly string[]
}

/** Where the process runs, as far as defaults depend on it. */
export interface Place {
  readonly cwd: string
  readonly root: boolean
}

/** A config and all that is wrong with it; where a value was refused, its default stands. */
export interface ConfigExamination {
  readonly config: Config
  readonly problems: readonly SettingProblem[]
}

/**
 * The variables of `<cwd>/.env` and of the process, which win. Empty ones are left out.
 * @throws ConfigError `config` when the file is there but cannot be read
 */
export function loadEnvironment(cwd: string = process.cwd()): Environment {
  return { ...withoutEmpty(readEnvFile(join(cwd, '.env'))), ...withoutEmpty(process.env) }
}

/**
 * One parse of the environment into one object.
 * @throws ConfigError `config`, which names every problem and what to do
 */
export function readConfig(env: Environment, place: Place = here()): Config {
  const { config, problems } = examineConfig(env, place)
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** As `readConfig`, for those that can do with less than everything (the command line, `doctor`). */
export function examineConfig(env: Environment, place: Place = here()): ConfigExamination {
  const problems: SettingProblem[] = []
  const warnings = unknownSettings(env)
  const report: Report = (setting, problem, remedy) => {
    // One that was refused is missing from then on: its first problem says why.
    if (problems.some((known) => known.setting === setting)) return
    problems.push(problemOf(setting, problem, remedy))
  }
  const values = parseValues(env, report)
  requireAppId(values, report)
  const app = appCredentials(values, place.cwd, report)
  const secrets = webhookSecrets(values, report, (warning) => warnings.push(warning))
  if (values.HOOKTRAIL_URL?.startsWith('http:') && values.NODE_ENV === 'production') {
    warnings.push('HOOKTRAIL_URL is not https: deliveries and answers can be read on their way.')
  }
  const config: Config = {
    ...generalConfig(values, place),
    log: logSettings(values, { cwd: place.cwd, dataDir: dataDirOf(values, place) }, report),
    ...(app && { app }),
    webhookSecrets: secrets,
    warnings,
  }
  return { config: Object.freeze(config), problems }
}

function generalConfig(
  values: Values,
  place: Place,
): Omit<Config, 'app' | 'webhookSecrets' | 'warnings' | 'log'> {
  const production = values.NODE_ENV === 'production'
  const dataDir = dataDirOf(values, place)
  return {
    ...givenConfig(values, place.cwd),
    mode: production ? 'production' : 'development',
    host: values.GHE_HOST,
    githubUrl: `${values.GHE_PROTOCOL}://${values.GHE_HOST}`,
    githubApiUrl: values.GITHUB_API_URL ?? apiUrlOf(values.GHE_HOST, values.GHE_PROTOCOL),
    webhookPath: values.WEBHOOK_PATH,
    bind: { host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'), port: values.PORT },
    dataDir,
    verifiedFile: resolve(
      place.cwd,
      values.HOOKTRAIL_VERIFIED_FILE ?? usualVerifiedFile(values, dataDir),
    ),
    postgresUser: values.HOOKTRAIL_POSTGRES_USER,
    logLevel: values.LOG_LEVEL,
    logFormat: values.LOG_FORMAT ?? (production ? 'json' : 'pretty'),
    rawRetentionDays: values.HOOKTRAIL_RAW_RETENTION_DAYS,
    textRetentionDays: values.HOOKTRAIL_TEXT_RETENTION_DAYS,
    selfCheck: values.HOOKTRAIL_SELF_CHECK,
    jobConcurrency: values.HOOKTRAIL_JOB_CONCURRENCY,
    checkDelayMs: values.HOOKTRAIL_CHECK_DELAY,
    timeZone: values.HOOKTRAIL_TIME_ZONE,
  }
}

/** What is absent from the config unless it was given. */
function givenConfig(
  values: Values,
  cwd: string,
): Pick<
  Config,
  'publicUrl' | 'databaseUrl' | 'apiToken' | 'login' | 'serverToken' | 'serverTokenFile'
> {
  const { HOOKTRAIL_URL: publicUrl, DATABASE_URL: databaseUrl } = values
  const { HOOKTRAIL_API_TOKEN: apiToken, HOOKTRAIL_LOGIN: login } = values
  const { HOOKTRAIL_TOKEN: serverToken, HOOKTRAIL_TOKEN_PATH: tokenFile } = values
  return {
    ...(publicUrl && { publicUrl }),
    ...(databaseUrl && { databaseUrl }),
    ...(apiToken && { apiToken }),
    ...(login && { login }),
    ...(serverToken && { serverToken }),
    ...(tokenFile && { serverTokenFile: resolve(cwd, tokenFile) }),
  }
}

function dataDirOf(values: Values, { cwd, root }: Place): string {
  const usual = root ? '/var/lib/hooktrail' : '.hooktrail'
  return resolve(cwd, values.HOOKTRAIL_DATA_DIR ?? usual)
}

/** With a server of the operator's own there need be no data directory. */
function usualVerifiedFile({ DATABASE_URL: url }: Values, dataDir: string): string {
  return url === undefined ? join(dataDir, 'verified.json') : '.hooktrail-verified.json'
}

/** github.com and GHE.com have the API on a host of its own, an Enterprise Server below `/api/v3`. */
function apiUrlOf(host: string, protocol: string): string {
  const ownHost = host === 'github.com' || host.endsWith('.ghe.com')
  return ownHost ? `${protocol}://api.${host}` : `${protocol}://${host}/api/v3`
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== ''
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, text]) => isSet(text)))
}

function readEnvFile(file: string): Environment {
  try {
    return parse(readFileSync(file))
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT') return {}
    const problem = `cannot be read (${code ?? 'unknown error'}).`
    const remedy = 'Let this user read it, or move it away.'
    throw new ConfigError([{ setting: file, problem, remedy }], { cause })
  }
}

function here(): Place {
  return { cwd: process.cwd(), root: process.getuid?.() === 0 }
}
