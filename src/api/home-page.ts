import { html } from 'hono/html'

import { page, type Markup } from './page.js'

/** What stands at `/`: it says what this is and shows nothing of what is recorded. */
export function homePage(version: string): Markup {
  return page(
    'Hooktrail',
    html`<p>
        The flight recorder of CI/CD on GitHub: it records who triggered builds, changed pipelines
        and touched secrets and settings, in a log that nobody can change unseen.
      </p>
      <ul>
        <li>Version ${version}</li>
        <li><a href="/healthz">Health</a></li>
        <li><a href="/api/v1">The API</a>, with a token</li>
        <li>How to ask: docs/query-language.md</li>
      </ul>`,
  )
}
