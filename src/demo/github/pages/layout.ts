import { createHash } from 'node:crypto'
import type { Answer } from '../route.js'
import { html, type Html } from './html.js'

/** Close to GitHub's own look, so that what is seen here is what people will see there. */
const STYLE = `
:root { --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --back: #fff; --soft: #f6f8fa; --link: #0969da;
  --good: #1a7f37; --bad: #d1242f; --warn: #9a6700; }
body { font: 14px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif;
  color: var(--text); background: var(--back); max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
h1 { font-size: 20px; margin: .5rem 0; } h2 { font-size: 18px; margin: 0 0 1rem; }
h3 { font-size: 16px; margin: 1.25rem 0 .5rem; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
.note, .quiet { color: var(--quiet); } .note { font-size: 12px; }
.box { border: 1px solid var(--line); border-radius: 6px; }
.box > header { background: var(--soft); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; padding: .75rem 1rem; }
.box > main, .box > section { padding: 1rem; } main > :first-child { margin-top: 0; }
.state { display: inline-block; font-size: 12px; font-weight: 500; color: var(--quiet); border: 1px solid currentColor;
  border-radius: 2em; padding: 0 .6em; }
.success { color: var(--good); } .failure, .timed_out { color: var(--bad); } .action_required { color: var(--warn); }
ul { padding-left: 2em; margin: 0 0 1rem; } li { margin-top: .25em; }
.depth-1 { margin-left: 2em; list-style: circle; } .depth-2 { margin-left: 4em; } .depth-3 { margin-left: 6em; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .4em .8em; text-align: left; }
pre, code { font: 85%/1.45 ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
  background: color-mix(in srgb, var(--quiet) 12%, transparent); border-radius: 6px; }
code { padding: .2em .4em; overflow-wrap: anywhere; } pre { padding: 1rem; overflow-x: auto; }
pre code { padding: 0; background: none; font-size: 100%; }
details { margin-bottom: .5rem; } summary { cursor: pointer; } details[open] > summary { margin-bottom: .5rem; }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f6fc; --quiet: #9198a1; --line: #3d444d; --back: #0d1117; --soft: #151b23; --link: #4493f8;
    --good: #3fb950; --bad: #f85149; --warn: #d29922; }
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
