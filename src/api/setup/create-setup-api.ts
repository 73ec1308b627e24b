import { Hono, type Context } from 'hono'

import { HooktrailError } from '../../core/domain/index.js'
import type { AppManifest, AppRegistration, Logger } from '../../platform/index.js'
import { STYLE } from '../page.js'
import { securityHeaders } from '../security-headers.js'
import { isSameSecret } from '../same-secret.js'
import { checkAnswers } from './answers.js'
import { requireLoopback } from './loopback.js'
import { registrationForm, type FormSettings } from './registration-form.js'
import { failedPage, firstPage, registeredPage } from './setup-pages.js'

export interface SetupOptions extends FormSettings {
  /** What is known already: the page starts with it. */
  readonly organisation?: string | undefined
  readonly publicUrl?: string | undefined
  readonly manifest: AppManifest
  /** Unguessable, new for each start: GitHub sends it back, so that nobody else can end what was begun here. */
  readonly state: string
  /** Exchanges GitHub's code for credentials; its errors are shown. */
  readonly exchange: (code: string) => Promise<AppRegistration>
  /** Makes the credentials survive a restart; its errors are shown, since it alone knows the place. */
  readonly save: (credentials: AppRegistration) => Promise<void>
  readonly log: Logger
}

/**
 * The pages that register the App (GitHub's manifest flow). Whoever reaches them first chooses the credentials, so
 * they must be served on loopback only; requests for another host are refused.
 */
export function createSetupApi(options: SetupOptions): Hono {
  const api = new Hono()
  const github = new URL(options.githubUrl).origin
  const policy = {
    style: STYLE,
    formAction: ["'self'", github],
    referrer: 'strict-origin',
  } as const
  api.use(securityHeaders(policy), requireLoopback())
  const register = once(options)
  api.get('/', (context) => context.html(begin(context, options)))
  api.get('/setup', (context) => finish(context, options, register))
  api.get('/healthz', (context) => context.json({ status: 'setup' }, 503))
  api.notFound((context) => context.text('There is nothing here; the setup page is at /.\n', 404))
  return api
}

function begin(context: Context, options: SetupOptions): ReturnType<typeof firstPage> {
  const { organisation, url } = isOurs(context) ? context.req.query() : {}
  const answers = checkAnswers({
    organisation: organisation ?? options.organisation ?? '',
    publicUrl: url ?? options.publicUrl ?? '',
  })
  if (answers.problem === undefined) return firstPage(answers, registrationForm(options, answers))
  const isFirst = url === undefined && answers.publicUrl === ''
  return firstPage(
    isFirst ? { organisation: answers.organisation, publicUrl: '' } : answers,
    undefined,
  )
}

/** A link from another site must not choose where deliveries go. */
function isOurs(context: Context): boolean {
  return ['same-origin', 'none', undefined].includes(context.req.header('Sec-Fetch-Site'))
}

async function finish(
  context: Context,
  { state, log }: SetupOptions,
  register: (code: string) => Promise<AppRegistration>,
): Promise<Response> {
  const given = context.req.query()
  if (!isSameSecret(given['state'] ?? '', state)) {
    const message =
      'This answer does not belong to a registration that was begun here since the last start.'
    return context.html(failedPage(message), 403)
  }
  const code = given['code'] ?? ''
  if (!/^[\w-]{1,255}$/.test(code)) return context.html(failedPage('GitHub sent no code.'), 400)
  try {
    return await context.html(registeredPage(await register(code)))
  } catch (error) {
    log.error({ err: error }, 'the App could not be registered')
    return context.html(failedPage(explain(error)), 502)
  }
}

/** A reload of the page exchanges no code twice, since it works once, and saves nothing twice. */
function once({ exchange, save }: SetupOptions): (code: string) => Promise<AppRegistration> {
  const exchangeOnce = remembering(exchange)
  return remembering(async (code) => {
    const registered = await exchangeOnce(code)
    await save(registered)
    return registered
  })
}

/** What succeeded is not done again; what failed may be. */
function remembering<Result>(
  work: (key: string) => Promise<Result>,
): (key: string) => Promise<Result> {
  const done = new Map<string, Promise<Result>>()
  return async (key) => {
    const result = done.get(key) ?? work(key)
    done.set(key, result)
    try {
      return await result
    } catch (error) {
      done.delete(key)
      throw error
    }
  }
}

function explain(error: unknown): string {
  if (error instanceof HooktrailError) return error.message
  const reason = error instanceof Error ? error.message : 'unknown error'
  return `GitHub registered the App, but its credentials could not be saved (${reason}). Mend that and load this page again, without a restart: GitHub gives them only once.`
}
