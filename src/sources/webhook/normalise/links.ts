import type { Link } from '../../../core/domain/index.js'
import { LIMITS, object, text } from './payload.js'

// No credentials before the host, nothing that ends an attribute or a Markdown link, no control character.
const PAGE = /^https?:\/\/[^\s/@"'<>\\`()[\]{}|^]+(?:\/[^\s"'<>\\`]*)?(?:[?#][^\s"'<>\\`]*)?$/i

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
  const tail = parts.map((part) => String(part).split('/').map(encodeURIComponent).join('/'))
  return page([base, ...tail].join('/'))
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
