import { z } from 'zod'
import { randomHex } from '../app.js'
import type { Request } from '../api.js'
import type { Answer, World } from '../route.js'
import { html } from './html.js'
import { pageAnswer } from './layout.js'

const manifestSchema = z.looseObject({
  url: z.url(),
  redirect_url: z.url(),
  hook_attributes: z.object({ url: z.url() }).optional(),
  default_events: z.array(z.string()).default([]),
})

/** Sent to every App; a manifest that asks for them is refused. */
const NEVER_LISTED = ['installation', 'installation_repositories', 'github_app_authorization']

/** Where the manifest form is posted to. GitHub asks a person to confirm; the stand-in says yes. */
export function acceptManifest(world: World, request: Request): Answer {
  const form = z.object({ manifest: z.string() }).safeParse(request.body)
  const manifest = manifestSchema.safeParse(form.success ? parse(form.data.manifest) : undefined)
  if (!manifest.success)
    return refused('Your manifest is not valid: url and redirect_url are needed.')
  const unsupported = manifest.data.default_events.filter((event) => NEVER_LISTED.includes(event))
  if (unsupported.length > 0) {
    return refused(`Default events unsupported: ${unsupported.join(', ')}`)
  }
  const code = randomHex(20)
  world.manifests.set(code, manifest.data)
  const target = new URL(manifest.data.redirect_url)
  target.searchParams.set('code', code)
  const state = request.query.get('state')
  if (state !== null) target.searchParams.set('state', state)
  return { status: 302, headers: { location: target.href } }
}

function refused(message: string): Answer {
  return pageAnswer('Invalid GitHub App configuration', html`<h1>${message}</h1>`, 422)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
