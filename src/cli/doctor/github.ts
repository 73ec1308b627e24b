import {
  createGitHub,
  createLogger,
  VERSION,
  type AppCredentials,
  type Config,
  type GitHub,
} from '../../platform/index.js'
import { messageOf, resultsOf, type CheckResult } from './check.js'
import { checkDeliveries } from './deliveries.js'
import { checkInstallations } from './installations.js'
import { checkOwnApp } from './own-app.js'
import { checkWebhook } from './webhook.js'

const TIMEOUT_MS = 10_000
/** GitHub refuses a JWT that is further in the future, or past, than this. */
const CLOCK_TOLERANCE_S = 60

const github = resultsOf('github')
const clock = resultsOf('clock')
const credentials = resultsOf('credentials')

const TWO_WAYS =
  'Run `npm start` and open the page that it names: it registers the App with one click. Or look around first: `npm run demo`.'

/** Everything that GitHub can tell us about the App. The first thing that fails ends it: the others would too. */
export async function checkGitHub(
  { app, ...config }: Config,
  now: () => number,
): Promise<CheckResult[]> {
  if (!app) return [credentials.skipped('no App credentials', TWO_WAYS)]
  const reached = await checkReach(config.githubApiUrl, now)
  if (reached.some(({ status }) => status === 'fail')) return reached
  const client = clientFor(config, app)
  const checks = [
    () => checkOwnApp(client, config.host),
    () => checkInstallations(client, config.host),
    () => checkWebhook(client, config),
    () => checkDeliveries(client, now()),
  ]
  return [...reached, ...(await inTurn(checks))]
}

async function inTurn(checks: readonly (() => Promise<CheckResult[]>)[]): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) {
    try {
      results.push(...(await check()))
    } catch (error) {
      // The message of a GitHubError names the remedy.
      results.push(credentials.fail(messageOf(error), 'Correct this and run doctor again.'))
      break
    }
  }
  return results
}

/** Whether GitHub answers at all, and whether its clock is ours. */
async function checkReach(apiUrl: string, now: () => number): Promise<CheckResult[]> {
  try {
    const response = await fetch(apiUrl, {
      method: 'HEAD',
      headers: { 'user-agent': `hooktrail/${VERSION}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return [github.ok(`${apiUrl} answers`), checkClock(response.headers.get('date'), now())]
  } catch (error) {
    const reason = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error)
    const remedy =
      'Check network, proxy and GITHUB_API_URL or GHE_HOST; https://www.githubstatus.com.'
    return [github.fail(`${apiUrl} does not answer: ${reason}`, remedy)]
  }
}

function checkClock(date: string | null, now: number): CheckResult {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return clock.skipped('GitHub did not say what time it is')
  const seconds = Math.round((now - theirs) / 1000)
  const ahead = seconds < 0 ? 'behind' : 'ahead of'
  const message = `${String(Math.abs(seconds))} s ${ahead} GitHub’s`
  if (Math.abs(seconds) <= CLOCK_TOLERANCE_S) return clock.ok(message)
  return clock.fail(
    message,
    'Set this machine’s clock (NTP): GitHub refuses the App’s tokens, and times in the log are wrong.',
  )
}

function clientFor(config: Omit<Config, 'app'>, app: AppCredentials): GitHub {
  return createGitHub({
    app,
    apiUrl: config.githubApiUrl,
    version: VERSION,
    log: createLogger({ ...config, logLevel: 'silent' }),
    timeoutMs: TIMEOUT_MS,
    // A handful of reads.
    pace: false,
  })
}
