import { readFileSync } from 'node:fs'

import { parse } from 'yaml'
import { z } from 'zod'

const FOLDER = new URL('../../', import.meta.url)

const manifest = z.strictObject({
  name: z.string().min(1).max(34),
  description: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  public: z.boolean(),
  hook_attributes: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    active: z.boolean(),
  }),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
})

/** `app.yml`, in GitHub's own words: what the App asks for when it is registered. */
export type AppManifest = Readonly<z.output<typeof manifest>>

/** `app.yml` for GitHub's clouds, `app.ghes.yml` for an Enterprise Server, which refuses what it does not know. */
export function manifestFile(host: string): string {
  return host === 'github.com' || host.endsWith('.ghe.com') ? 'app.yml' : 'app.ghes.yml'
}

/**
 * The manifest for a host, as it stands in the file: with what its operator changed there.
 * @param host GitHub's host without scheme
 */
export function readAppManifest(host = 'github.com'): AppManifest {
  return manifest.parse(parse(readFileSync(new URL(manifestFile(host), FOLDER), 'utf8')))
}
