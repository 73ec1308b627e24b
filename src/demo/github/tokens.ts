import { verify } from 'node:crypto'
import { z } from 'zod'
import { randomHex, type App } from './app.js'
import { Refusal } from './refusal.js'
import type { Installation } from './state.js'

const HOUR_MS = 3_600_000
/** GitHub refuses a JWT that lives longer than ten minutes. */
const MAX_JWT_SECONDS = 600
/** Clocks differ a little. */
const SKEW_SECONDS = 60

export interface InstallationToken {
  readonly token: string
  readonly installation: Installation
  readonly expiresAt: Date
  /** What was asked for, within what the installation has. */
  readonly permissions: Readonly<Record<string, string>>
  /** Repository ids, if the token was asked for fewer than all. */
  readonly repositories: ReadonlySet<number> | null
}

/** The tokens that were given out; they are never logged. */
export type Tokens = Map<string, InstallationToken>

export function issueToken(
  tokens: Tokens,
  grant: Pick<InstallationToken, 'installation' | 'permissions' | 'repositories'>,
  now: Date,
): InstallationToken {
  const token = `ghs_${randomHex(18)}`
  const issued = { ...grant, token, expiresAt: new Date(now.getTime() + HOUR_MS) }
  tokens.set(token, issued)
  return issued
}

/** @throws Refusal `unauthorized` for none, unknown or old; `forbidden` for a suspended installation */
export function authenticateInstallation(
  tokens: Tokens,
  authorization: string | undefined,
  now: Date,
): InstallationToken {
  const token = tokens.get(credential(authorization))
  if (!token || token.expiresAt <= now) throw new Refusal('unauthorized', 'Bad credentials')
  if (token.installation.suspendedAt) {
    throw new Refusal('forbidden', 'This installation has been suspended')
  }
  return token
}

const headerSchema = z.object({ alg: z.literal('RS256') })
const claimsSchema = z.object({
  iss: z.union([z.string(), z.number()]),
  iat: z.number(),
  exp: z.number(),
})

/** @throws Refusal `unauthorized`, with GitHub's words for what is wrong with the JWT */
export function authenticateApp(
  apps: ReadonlyMap<number, App>,
  authorization: string | undefined,
  now: Date,
): App {
  const [header = '', claims = '', signature = ''] = credential(authorization).split('.')
  const parsed = claimsSchema.safeParse(decode(claims))
  if (!parsed.success || !headerSchema.safeParse(decode(header)).success) {
    throw new Refusal('unauthorized', 'A JSON web token could not be decoded')
  }
  const app = apps.get(Number(parsed.data.iss))
  const signed = Buffer.from(`${header}.${claims}`)
  const genuine =
    app && verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature, 'base64url'))
  if (!genuine) throw new Refusal('unauthorized', 'A JSON web token could not be decoded')
  checkTimes(parsed.data, now.getTime() / 1000)
  return app
}

function checkTimes({ iat, exp }: { iat: number; exp: number }, now: number): void {
  if (iat > now + SKEW_SECONDS) {
    throw new Refusal(
      'unauthorized',
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    )
  }
  if (exp <= now) {
    throw new Refusal(
      'unauthorized',
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  }
  if (exp > now + MAX_JWT_SECONDS + SKEW_SECONDS) {
    throw new Refusal('unauthorized', "'Expiration time' claim ('exp') is too far in the future")
  }
}

function credential(authorization = ''): string {
  return /^(?:bearer|token) (.+)$/i.exec(authorization)?.[1] ?? ''
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
