import { createHash } from 'node:crypto'
import type { Answer } from '../route.js'
import { html, type Html } from './html.js'

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
.note { color: #59636e; border-bottom: 1px solid #d1d9e0; padding-bottom: .75rem; }
.state { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; }
.success { color: #1a7f37; } .failure, .timed_out { color: #d1242f; } .action_required { color: #9a6700; }
.depth-1 { margin-left: 1.5rem; } .depth-2 { margin-left: 3rem; } .depth-3 { margin-left: 4.5rem; }
table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: .3rem .7rem; text-align: left; }
pre, code { background: #f6f8fa; border-radius: .3rem; padding: .1rem .3rem; overflow-x: auto; }
pre { padding: .8rem; } pre code { padding: 0; }
summary { cursor: pointer; font-weight: 600; } a { color: #0969da; }
@media (prefers-color-scheme: dark) {
  body { background: #0d1117; color: #f0f6fc; } a { color: #4493f8; } .note { color: #9198a1; }
  pre, code { background: #151b23; } th, td { border-color: #3d444d; }
  .success { color: #3fb950; } .failure, .timed_out { color: #f85149; } .action_required { color: #d29922; }
}`

/** Made apart from the page: a space more between the tags, and the policy's hash would not fit. */
const STYLE_SHEET: Html = { html: `<style>${STYLE}</style>` }

/** Nothing but this one style sheet: no script, no picture, no request to anywhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function pageAnswer(title: string, body: Html, status = 200): Answer {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${STYLE_SHEET}
      </head>
      <body>
        <p class="note">
          A stand-in for GitHub, for Hooktrail's demo and tests. Nothing here is on github.com.
        </p>
        ${body}
      </body>
    </html> `
  return {
    status,
    text: { type: 'text/html; charset=utf-8', content: page.html },
    headers: {
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  }
}
