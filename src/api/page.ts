import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Text and markup: what is put into it through the tag is escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** The one style sheet of all pages; the policy allows it by its hash. */
export const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}',
  'code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}',
  'label{display:block;margin:.8rem 0 .2rem}',
  'input,button{font:inherit;padding:.4rem .6rem;box-sizing:border-box}',
  'input{width:100%}',
  'button{margin-top:1rem}',
  'table{border-collapse:collapse;width:100%}',
  'th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}',
  '.error{border-left:4px solid #cf222e;padding-left:.8rem}',
].join('\n')

/** Outside the template, whose white space a formatter may change: the hash is over every byte. */
const STYLE_ELEMENT = raw(`<style>${STYLE}</style>`)

/** A page without script, in which everything is said in its first load. */
export function page(title: string, content: Markup): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`
}
