import { z } from 'zod'

import { readAppManifest, type AppManifest, type GitHub } from '../../platform/index.js'
import { resultsOf, type CheckResult } from './check.js'
import { gapOf } from './gap.js'

const { ok, note, warn, fail } = resultsOf('installations')

const installationAnswer = z.object({
  id: z.number(),
  account: z.object({ login: z.string() }).nullish().catch(undefined),
  suspended_at: z.string().nullish(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
  html_url: z.string().nullish(),
})
type InstallationAnswer = z.output<typeof installationAnswer>

/** An owner who did not accept a change of the App keeps the old permissions: their events do not come. */
export async function checkInstallations(github: GitHub, host: string): Promise<CheckResult[]> {
  const client = github.app()
  const answer: unknown = await client.paginate('GET /app/installations', { per_page: 100 })
  const installations = z.array(installationAnswer).parse(answer)
  if (installations.length === 0) {
    const { htmlUrl } = await github.ownApp()
    return [warn('the App is not installed anywhere', `Install it: ${htmlUrl}/installations/new`)]
  }
  const manifest = readAppManifest(host)
  const results = installations.flatMap((one) => checkInstallation(one, manifest))
  return results.length === 0 ? [ok(countOf(installations.length))] : results
}

function checkInstallation(installation: InstallationAnswer, manifest: AppManifest): CheckResult[] {
  const name = installation.account?.login ?? `installation ${String(installation.id)}`
  const page = installation.html_url ?? 'Settings, GitHub Apps'
  if (installation.suspended_at) {
    return [
      warn(`${name} suspended the App: nothing is recorded there`, `An owner can undo it: ${page}`),
    ]
  }
  const remedy = `An owner accepts the App’s present permissions: ${page}`
  return gapOf(manifest, installation).map(({ isCore, text }) => {
    const message = `${name} has not granted ${text}`
    return isCore ? fail(message, remedy) : note(message, remedy)
  })
}

function countOf(count: number): string {
  return count === 1 ? 'installed on 1 account' : `installed on ${String(count)} accounts`
}
