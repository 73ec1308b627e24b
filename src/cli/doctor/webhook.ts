import { z } from 'zod'

import type { Config, GitHub } from '../../platform/index.js'
import { resultsOf, type CheckResult } from './check.js'

const { ok, warn, fail } = resultsOf('webhook')

const hookAnswer = z.object({
  url: z.string().nullish(),
  content_type: z.string().nullish(),
  insecure_ssl: z.union([z.string(), z.number()]).nullish(),
  /** Stars, if there is one. */
  secret: z.string().nullish(),
})

const SETTINGS_PAGE = 'Change it on the App’s settings page under “Webhook”.'

/** Whether GitHub delivers to where we listen, as JSON, signed, and over TLS that is checked. */
export async function checkWebhook(
  github: GitHub,
  config: Pick<Config, 'publicUrl' | 'webhookPath'>,
): Promise<CheckResult[]> {
  const client = github.app()
  const { data } = await client.request('GET /app/hook/config')
  const hook = hookAnswer.parse(data)
  const url = hook.url ?? ''
  if (url === '') return [fail('the App has no webhook URL: nothing is delivered', SETTINGS_PAGE)]
  const results = [
    ...checkUrl(url, config),
    ...(hook.content_type === 'json'
      ? []
      : [fail(`the content type is ${hook.content_type ?? 'not set'}, not json`, SETTINGS_PAGE)]),
    ...(hook.secret
      ? []
      : [fail('the App has no webhook secret: every delivery is refused', SETTINGS_PAGE)]),
    ...(String(hook.insecure_ssl ?? '0') === '0'
      ? []
      : [warn('GitHub does not check the certificate (SSL verification is off)', SETTINGS_PAGE)]),
  ]
  return results.length === 0 ? [ok(`GitHub delivers to ${url}`)] : results
}

function checkUrl(
  url: string,
  { publicUrl, webhookPath }: Pick<Config, 'publicUrl' | 'webhookPath'>,
): CheckResult[] {
  const results = url.startsWith('https:')
    ? []
    : [warn(`GitHub delivers to ${url} without TLS: anybody on the way can read it`, SETTINGS_PAGE)]
  if (publicUrl === undefined) return [...results, ...checkPath(url, webhookPath)]
  const expected = publicUrl + webhookPath
  if (url === expected) return results
  const message = `GitHub delivers to ${url}, but HOOKTRAIL_URL and WEBHOOK_PATH make ${expected}`
  return [...results, fail(message, `${SETTINGS_PAGE} Or correct HOOKTRAIL_URL.`)]
}

/** Without HOOKTRAIL_URL only the path can be compared, and a proxy may change that. */
function checkPath(url: string, webhookPath: string): CheckResult[] {
  if (URL.canParse(url) && new URL(url).pathname.endsWith(webhookPath)) return []
  const message = `GitHub delivers to ${url}, which does not end with ${webhookPath}`
  return [warn(message, `${SETTINGS_PAGE} Or set HOOKTRAIL_URL and WEBHOOK_PATH.`)]
}
