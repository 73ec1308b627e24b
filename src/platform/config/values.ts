import { z } from 'zod'

import type { Report } from './problem.js'
import { SETTINGS, type SettingName } from './settings.js'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const HOST_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/

/** Each message continues the variable's name: "PORT must be …". Values of secrets stay out of them. */
const Values = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test'], { error: notOneOf }),
  APP_ID: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: webhookSecret().optional(),
  WEBHOOK_SECRET_PREVIOUS: webhookSecret().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GHE_HOST: z.string().toLowerCase().regex(HOST_NAME, notA('a host name')),
  GHE_PROTOCOL: z.enum(['https', 'http'], { error: notOneOf }),
  GITHUB_API_URL: webUrl().optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, notA('an address'))
    .optional(),
  PORT: whole(0, 65_535),
  WEBHOOK_PATH: z.string().regex(/^\/[^\s?#]*$/, notA('a path that begins with /')),
  HOOKTRAIL_URL: webUrl().optional(),
  HOOKTRAIL_API_TOKEN: bearerToken().optional(),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'is not a postgresql:// URL.').optional(),
  HOOKTRAIL_DATA_DIR: z.string().optional(),
  HOOKTRAIL_VERIFIED_FILE: z.string().optional(),
  HOOKTRAIL_POSTGRES_USER: z.string().regex(/^[a-z_][a-z0-9_-]*$/i, notA('a user name')),
  HOOKTRAIL_LOG_KEY: z.string().optional(),
  HOOKTRAIL_LOG_KEY_PATH: z.string().optional(),
  HOOKTRAIL_LOG_ORIGIN: z
    .string()
    .regex(/^(?!\w+:\/\/)[^\s+]{1,255}$/, notA('a name of a log'))
    .optional(),
  HOOKTRAIL_ANCHOR_FILE: z.string().optional(),
  HOOKTRAIL_WITNESS_POLICY: z.string().optional(),
  HOOKTRAIL_RAW_RETENTION_DAYS: whole(4, 36_500),
  HOOKTRAIL_TEXT_RETENTION_DAYS: whole(0, 36_500),
  HOOKTRAIL_SELF_CHECK: z.enum(['all', 'new', 'off'], { error: notOneOf }),
  // A job holds one of the 20 connections while it waits for GitHub, and appends must find others.
  HOOKTRAIL_JOB_CONCURRENCY: whole(1, 8),
  HOOKTRAIL_CHECK_DELAY: whole(0, 600_000),
  HOOKTRAIL_TIME_ZONE: z.string().refine(isTimeZone, notA('a time zone')),
  HOOKTRAIL_LOGIN: z
    .string()
    .regex(/^[\w[\]-]+$/, notA('a login'))
    .optional(),
  HOOKTRAIL_TOKEN: bearerToken().optional(),
  HOOKTRAIL_TOKEN_PATH: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: notOneOf }),
  LOG_FORMAT: z.enum(['json', 'pretty'], { error: notOneOf }).optional(),
}) satisfies z.ZodType<Readonly<Partial<Record<SettingName, unknown>>>>

export type Values = z.output<typeof Values>

/** Reads each setting by itself. A refused value is reported, and its default taken in its place. */
export function parseValues(
  env: Readonly<Record<string, string | undefined>>,
  report: Report,
): Values {
  const texts = textsOf(env)
  const first = Values.safeParse(texts)
  if (first.success) return first.data
  for (const { name } of SETTINGS) {
    const issue = first.error.issues.find(({ path }) => path[0] === name)
    if (!issue) continue
    report(name, issue.message)
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the names are those of the registry
    delete texts[name]
  }
  return Values.parse({ ...defaults(), ...texts })
}

/** The settings' texts: an empty variable is one that is not set; what surrounds a plain value is dropped. */
function textsOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const texts = defaults()
  for (const { name, secret } of SETTINGS) {
    const text = env[name]
    if (text !== undefined && text.trim() !== '') texts[name] = secret ? text : text.trim()
  }
  return texts
}

function defaults(): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { name, default: text } of SETTINGS) {
    if (text !== undefined) texts[name] = text
  }
  return texts
}

/** Whether it is a name like `Europe/Berlin` or `UTC` that this system knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function whole(min: number, max: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, notA('a whole number'))
    .transform(Number)
    .refine((value) => value >= min && value <= max, {
      error: ({ input }) =>
        `is ${String(input)}, which is not from ${String(min)} to ${String(max)}.`,
      when: ({ issues }) => issues.length === 0,
    })
}

/** How strong it has to be depends on the mode: see webhook-secrets.ts. */
function webhookSecret(): z.ZodType<string> {
  return z.string().refine((text) => text === text.trim(), 'begins or ends with white space.')
}

/** It has to fit into a header. */
function bearerToken(): z.ZodType<string> {
  return z
    .string()
    .regex(/^[!-~]+$/, 'has characters other than letters, digits and signs of ASCII.')
    .refine((text) => text.length >= 32, 'is shorter than 32 characters.')
}

function webUrl(): z.ZodType<string> {
  return z
    .string()
    .refine(isWebUrl, 'is not an http or https URL without user, query and fragment.')
    .transform((text) => text.replace(/\/+$/, ''))
}

function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return false
  return `${url.username}${url.password}${url.search}${url.hash}` === ''
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
}

function notA(what: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => `is ${JSON.stringify(input)}, which is not ${what}.` }
}

function notOneOf({ input }: { input?: unknown }): string {
  return `is ${JSON.stringify(input)}, which it does not know.`
}
