import type { ReportPerson } from '../core/domain/index.js'
import { printable } from '../platform/index.js'

/** Where names of strangers are cut, in characters. */
const LONGEST_NAME = 120
const LONGEST_PROSE = 2000

/** U+2060: joins words without being seen, and so breaks what GitHub would turn into a link or a mention. */
const JOINER = '\u2060'

/**
 * A stranger's name (login, branch, job, path) as a code span, in which GitHub makes no mention, link, issue
 * reference, emoji or HTML. It stays on one line; what could hide or reorder text is shown as `\u{202e}`.
 */
export function code(text: string | null | undefined, longest: number = LONGEST_NAME): string {
  const shown = printable(cut(text ?? '', longest))
  if (shown === '') return '*(empty)*'
  const backticks = (shown.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(0, ...backticks) + 1)
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/**
 * Prose that may quote strangers, as Markdown that shows exactly this text on one line: no formatting, HTML,
 * link, image, mention, reference or emoji comes of it.
 */
export function escapeMarkdown(text: string, longest: number = LONGEST_PROSE): string {
  return printable(cut(text, longest))
    .replace(/[0-9a-f]{6}(?=[0-9a-f])/gi, `$&${JOINER}`)
    .replace(/\bwww(?=\.)|\bGH(?=-)/gi, `$&${JOINER}`)
    .replace(/[!-/:-@[-`{-~]/g, (mark) => `\\${mark}${'@#:$'.includes(mark) ? JOINER : ''}`)
}

/** A one-line plain text for places that know no Markdown: titles. */
export function plainLine(text: string, longest: number): string {
  return printable(cut(text, longest))
}

/**
 * `label` (Markdown already) as a link, if the URL is a page of the same server as `home`; else the label.
 * A payload's URL is a stranger's text too: it must not lead elsewhere under our name.
 */
export function link(label: string, url: string | undefined, home: string): string {
  if (url === undefined || !URL.canParse(url)) return label
  const { origin, protocol, href, username } = new URL(url)
  const safe = ['https:', 'http:'].includes(protocol) && origin === new URL(home).origin
  if (!safe || username !== '') return label
  return `[${label}](${href.replace(/[()<>\\\s|`*_~[\]"']/g, percentEncoded)})`
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** Somebody by login, or in words where there is none. */
export function person({ type, login }: ReportPerson): string {
  if (login === null) return 'somebody who was erased from the log'
  if (login === undefined || login === '') return type === 'system' ? 'GitHub' : 'somebody unknown'
  return code(login)
}

/** `2026-11-22 04:09 UTC` of an RFC 3339 time. */
export function minute(at: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*Z$/.exec(at) ?? []
  return day === undefined || time === undefined ? code(at, 40) : `${day} ${time} UTC`
}

/** Whole characters, so that no surrogate pair is cut in two. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const characters = Array.from(text.slice(0, longest * 2))
  return characters.length <= longest && text.length <= longest * 2
    ? text
    : `${characters.slice(0, longest - 1).join('')}…`
}
