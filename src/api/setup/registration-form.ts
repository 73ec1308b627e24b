import type { AppManifest } from '../../platform/index.js'
import type { Answers } from './answers.js'

export interface FormSettings {
  readonly githubUrl: string
  /** Where this page is reached: GitHub sends the browser back to it. */
  readonly origin: string
  readonly webhookPath: string
  readonly manifest: AppManifest
  readonly state: string
}

/** Where the form is posted, and the manifest in it. */
export interface RegistrationForm {
  readonly action: string
  readonly manifest: string
}

/** @see https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export function registrationForm(
  { githubUrl, origin, webhookPath, manifest, state }: FormSettings,
  { organisation, publicUrl }: Answers,
): RegistrationForm {
  const owner = organisation === '' ? '' : `/organizations/${encodeURIComponent(organisation)}`
  const filled = {
    ...manifest,
    url: publicUrl,
    hook_attributes: { ...manifest.hook_attributes, url: publicUrl + webhookPath },
    redirect_url: `${origin}/setup`,
  }
  return {
    action: `${githubUrl}${owner}/settings/apps/new?state=${encodeURIComponent(state)}`,
    manifest: JSON.stringify(filled),
  }
}
