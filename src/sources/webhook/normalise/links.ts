import type { Link } from '../../../core/domain/index.js'
import { LIMITS, object, text } from './payload.js'

// ASCII only; no credentials before the host, nothing that ends an HTML attribute or hides in a terminal.
const PAGE = /^https?:\/\/[\w.:[\]-]+(?:[/?#][!#-&(-;=?-[\]^_a-~]*)?$/i

// `.` and `..` as a segment would lead a browser out of the base.
const CLIMBS = /(?:^|\/)\.\.?(?:\/|$)/

/** The URL if it is one that a browser opens over HTTP(S); anything else (javascript:, data:) is dropped. */
export function page(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= LIMITS.url && PAGE.test(value)
    ? value
    : undefined
}

/** A page below a page: each part is escaped, slashes inside a part stay. */
export function below(base: string | undefined, ...parts: (string | number)[]): string | undefined {
  if (base === undefined || parts.some((part) => CLIMBS.test(String(part)))) return undefined
  const tail = parts.map((part) => String(part).split('/').map(encoded).join('/'))
  return page([base, ...tail].join('/'))
}

/** encodeURIComponent, and the four marks that it leaves but Markdown and HTML read. */
function encoded(part: string): string {
  if (/^[\w.-]+$/.test(part)) return part
  // A lone surrogate makes encodeURIComponent throw.
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

export function links(pairs: readonly (readonly [rel: string, url: unknown])[]): Link[] {
  const found: Link[] = []
  for (const [rel, value] of pairs) {
    const url = page(value)
    if (url !== undefined) found.push({ rel, url })
  }
  return found
}

/** The page of a thing, as the payload gives it. */
export function htmlUrl(value: unknown): string | undefined {
  return page(text(object(value).html_url, LIMITS.url + 1))
}
