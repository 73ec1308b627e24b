import { actionsMeant, resolveAction } from './action-names.js'
import type { Asked } from './context.js'
import { FIELDS, type TextDefinition, type TextField } from './fields.js'
import { didYouMean, nearest } from './nearest.js'
import type { TextMatch } from './query.js'
import { QueryError } from './query-error.js'
import type { RawValue } from './token.js'

/** What a value of a text field stands for: usually itself. @throws QueryError `query.value` */
export function readText(field: TextField, raw: RawValue, { me }: Asked): TextMatch[] {
  if (raw.comparison) {
    const message = `${field} is text and cannot be compared with “${raw.comparison}”`
    refuse(raw, message, raw.text)
  }
  const written = pattern(raw)
  const { type } = FIELDS[field]
  if (type === 'action') return action(raw, written)
  if (type === 'login') return [login(field, written, { raw, me })]
  return [READ[type](field, written, raw)]
}

type TextType = Exclude<TextDefinition['type'], 'action' | 'login'>
type Read = (field: TextField, written: TextMatch, raw: RawValue) => TextMatch

const READ: Readonly<Record<TextType, Read>> = {
  choice: choice,
  repo: repo,
  sha: sha,
  text: (_field, written) => written,
  uuid: uuid,
  pull_request: pullRequest,
  target: target,
}

function pattern(raw: RawValue): TextMatch {
  if (raw.quoted) return { match: raw.star ? 'prefix' : 'equals', text: raw.text }
  const star = raw.text.indexOf('*')
  if (star < 0) return { match: 'equals', text: raw.text }
  if (star < raw.text.length - 1) {
    refuse(
      raw,
      '“*” stands for the rest of a value, so it can only be its end; quote it to mean the character',
    )
  }
  return { match: 'prefix', text: raw.text.slice(0, -1) }
}

function action(raw: RawValue, written: TextMatch): TextMatch[] {
  const matches = resolveAction(written)
  if (matches.length > 0) return matches
  const meant = actionsMeant(written.text)
  return refuse(raw, `no action is called “${raw.text}”${didYouMean(meant)}`, meant[0])
}

function choice(field: TextField, { match, text }: TextMatch, raw: RawValue): TextMatch {
  const value = text.toLowerCase()
  const values = choices(field)
  if (match === 'equals' && values.includes(value)) return { match, text: value }
  const meant = nearest(value, values)
  return refuse(raw, `${field} cannot be “${raw.text}”: it is one of ${values.join(', ')}`, meant)
}

function choices(field: TextField): readonly string[] {
  const definition = FIELDS[field]
  return definition.type === 'choice' ? definition.values : []
}

/** A login, or `@me`: that of the person who asks. */
function login(
  field: TextField,
  written: TextMatch,
  { raw, me }: { readonly raw: RawValue; readonly me: string | undefined },
): TextMatch {
  if (!written.text.startsWith('@') || raw.quoted) return written
  if (written.text.toLowerCase() !== '@me') {
    const login = raw.text.slice(1)
    return refuse(raw, `${field} takes a login without “@”, or @me`, login || undefined)
  }
  if (me !== undefined) return { match: 'equals', text: me }
  return refuse(raw, '“@me” is the login of whoever asks, which nobody has said here')
}

function repo(field: TextField, written: TextMatch, raw: RawValue): TextMatch {
  if (written.match === 'equals' && !written.text.includes('/')) {
    refuse(
      raw,
      `${field} takes owner/name; “org:” or “${field}:owner/*” mean all of an owner’s`,
      `${raw.text}/*`,
    )
  }
  return written
}

function sha(field: TextField, { text }: TextMatch, raw: RawValue): TextMatch {
  if (!/^[0-9a-f]{7,64}$/i.test(text)) {
    refuse(raw, `${field} takes 7 to 64 hexadecimal digits, the beginning of a commit’s SHA`)
  }
  return { match: 'prefix', text: text.toLowerCase() }
}

function uuid(field: TextField, { match, text }: TextMatch, raw: RawValue): TextMatch {
  if (match !== 'equals' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    refuse(raw, `${field} takes a whole UUID, for example 0190a5b4-7c3e-7def-8abc-0123456789ab`)
  }
  return { match, text: text.toLowerCase() }
}

function pullRequest(field: TextField, { match, text }: TextMatch, raw: RawValue): TextMatch {
  if (match === 'prefix' && text === '') return { match, text }
  if (match === 'equals' && /^[1-9]\d{0,15}$/.test(text)) return { match, text }
  const [meant] = /[1-9]\d{0,15}/.exec(text) ?? []
  return refuse(raw, `${field} takes the number of a pull request, for example ${field}:123`, meant)
}

function target(field: TextField, { match, text }: TextMatch, raw: RawValue): TextMatch {
  if (text.indexOf(':') > 0 || match === 'prefix') return { match, text: text.toLowerCase() }
  return refuse(
    raw,
    `${field} takes type:name or type:id, for example ${field}:ruleset:main or ${field}:ruleset:*`,
    `${text}:*`,
  )
}

function refuse(raw: RawValue, message: string, suggestion?: string): never {
  const { position, length } = raw
  throw new QueryError('query.value', message, { position, length, suggestion })
}
