import { z } from 'zod'

import { HooktrailError } from '../core/domain/index.js'
import { printable } from './printable.js'
import { VERSION } from './version.js'

/** What GitHub hands over once, when an App is registered from a manifest. Never logged. */
export interface AppRegistration {
  readonly id: number
  readonly name: string
  /** The App's public page; `/installations/new` below it installs it. */
  readonly htmlUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Absent if the App has no webhook. */
  readonly webhookSecret?: string
  /** PEM. */
  readonly privateKey: string
}

/** `manifest.unreachable`: try again; `manifest.refused`: register again; `manifest.answer`: not GitHub's answer. */
export class ManifestError extends HooktrailError<
  'manifest.unreachable' | 'manifest.refused' | 'manifest.answer'
> {}

const TIMEOUT_MS = 15_000

const answerSchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  html_url: z.url({ protocol: /^https?$/ }),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  webhook_secret: z.string().min(1).nullable(),
  pem: z.string().includes('PRIVATE KEY'),
})

/**
 * Exchanges the code with which GitHub sent the browser back, which works once and within an hour.
 * @param apiUrl without a slash at the end
 * @throws ManifestError whose message and cause hold no secret
 */
export async function exchangeManifestCode(apiUrl: string, code: string): Promise<AppRegistration> {
  const response = await request(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`)
  const body: unknown = await response.json().catch(() => undefined)
  if (response.status !== 201) throw refused(response.status, body)
  const answer = answerSchema.safeParse(body)
  if (!answer.success) {
    // Only the places: zod's own message may quote what stands there.
    const places = answer.error.issues.map(({ path }) => path.join('.')).join(', ')
    const message = `GitHub registered the App, but its answer lacks or garbles: ${places}. Delete the App on GitHub and start again`
    throw new ManifestError('manifest.answer', message)
  }
  return registration(answer.data)
}

async function request(url: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        Accept: 'application/vnd.github+json',
        'User-Agent': `hooktrail/${VERSION}`,
        'X-GitHub-Api-Version': '2022-11-28',
      },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch (cause) {
    const message = `GitHub at ${new URL(url).origin} cannot be reached from here: load this page again in a moment`
    throw new ManifestError('manifest.unreachable', message, { cause })
  }
}

function refused(status: number, body: unknown): ManifestError {
  const reason =
    z.object({ message: z.string() }).safeParse(body).data?.message ?? 'no reason given'
  const said = `GitHub answered ${String(status)} (${printable(reason.slice(0, 200))})`
  if (status >= 500)
    return new ManifestError('manifest.unreachable', `${said}: load this page again in a moment`)
  const why = 'the code works once and for an hour'
  return new ManifestError('manifest.refused', `${said}: ${why}. Start again from the first page`)
}

function registration(answer: z.output<typeof answerSchema>): AppRegistration {
  return {
    id: answer.id,
    name: answer.name,
    htmlUrl: answer.html_url.replace(/\/+$/, ''),
    clientId: answer.client_id,
    clientSecret: answer.client_secret,
    ...(answer.webhook_secret === null ? {} : { webhookSecret: answer.webhook_secret }),
    privateKey: answer.pem,
  }
}
