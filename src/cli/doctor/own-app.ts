import { manifestFile, readAppManifest, type GitHub } from '../../platform/index.js'
import { resultsOf, type CheckResult } from './check.js'
import { gapOf } from './gap.js'

const credentials = resultsOf('credentials')
const permissions = resultsOf('permissions')

/** Whether the key is the App's, and whether the App asks for what its manifest does. */
export async function checkOwnApp(github: GitHub, host: string): Promise<CheckResult[]> {
  const app = await github.ownApp()
  const valid = credentials.ok(`${app.name} (App ${String(app.id)}), ${app.htmlUrl}`)
  const gap = gapOf(readAppManifest(host), app)
  const file = manifestFile(host)
  if (gap.length === 0) return [valid, permissions.ok(`the App asks for all that ${file} lists`)]
  return [
    valid,
    ...gap.map(({ isCore, text }) => {
      const message = `the App does not ask for ${text}`
      return isCore ? permissions.fail(message, REMEDY) : permissions.note(message, REMEDY)
    }),
  ]
}

const REMEDY =
  'Add it on the App’s settings page under “Permissions & events”; owners of installations are then asked to accept.'
