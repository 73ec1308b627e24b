import type { QueryContext } from './context.js'
import { Faults } from './faults.js'
import { tokenize } from './lexer.js'
import { readTokens } from './parser.js'
import type { TextField } from './fields.js'
import type { Query } from './query.js'
import type { Span } from './query-error.js'
import type { KeyToken, RawValue, Token } from './token.js'
import { keyChoices, operatorChoices, valueChoices } from './completion-choices.js'

/** What could stand at the cursor. */
export interface Completion {
  /** The text that a choice takes the place of. */
  readonly replace: Span
  readonly choices: readonly Choice[]
  /** Given where only the log knows the values: whoever has it asks, and adds them. */
  readonly wanted?: WantedValues
}

export interface Choice {
  readonly text: string
  readonly kind: 'key' | 'operator' | 'value'
  /** A few words, or empty. */
  readonly description: string
}

/** Values of a field that begin so, among the entries that the rest of the query means. */
export interface WantedValues {
  readonly field: TextField
  readonly prefix: string
  readonly within: Query
}

/**
 * What could stand at the cursor: a key or an operator, then a value. Faults elsewhere in the text do not matter.
 * @param cursor in UTF-16 code units from the beginning of the text
 */
export function completeQuery(text: string, cursor: number, context: QueryContext): Completion {
  const tokens = tokenize(text, new Faults())
  const at = tokens.findIndex((token) => isUnder(token, cursor))
  const token = tokens[at]
  if (token?.kind !== 'key') return completeWord(text, cursor, { token, before: tokens[at - 1] })
  const inKey = cursor - token.position <= token.key.length
  if (inKey) return completeKey(token, text.slice(token.position, cursor))
  const raw = token.values.find((value) => touches(value, cursor))
  if (!raw) return { replace: { position: cursor, length: 0 }, choices: [] }
  const rest = tokens.filter((other) => other !== token)
  const within = readTokens(rest, new Faults(), context).query
  return completeValue(token, raw, { typed: text.slice(raw.position, cursor), within, context })
}

/** Signs end where they stand: what comes after one is something new. */
function isUnder(token: Token, cursor: number): boolean {
  if (!['key', 'word', 'AND', 'OR', 'NOT'].includes(token.kind)) return false
  return token.position < cursor && touches(token, cursor)
}

function touches({ position, length }: Span, cursor: number): boolean {
  return position <= cursor && cursor <= position + length
}

function completeWord(
  text: string,
  cursor: number,
  { token, before }: { readonly token: Token | undefined; readonly before: Token | undefined },
): Completion {
  const { position, length } = token ?? { position: cursor, length: 0 }
  const typed = text.slice(position, cursor)
  const follows = token ? before !== undefined : text.slice(0, cursor).trim() !== ''
  const choices = [...keyChoices(typed), ...operatorChoices(typed, follows)]
  return { replace: { position, length }, choices }
}

function completeKey({ position, key }: KeyToken, typed: string): Completion {
  return { replace: { position, length: key.length + 1 }, choices: keyChoices(typed) }
}

function completeValue(
  { key }: KeyToken,
  { position, length }: RawValue,
  {
    typed,
    within,
    context,
  }: { readonly typed: string; readonly within: Query; readonly context: QueryContext },
): Completion {
  const { choices, wanted } = valueChoices(key.toLowerCase(), typed.replaceAll('"', ''), context)
  const replace = { position, length }
  return wanted ? { replace, choices, wanted: { ...wanted, within } } : { replace, choices }
}
