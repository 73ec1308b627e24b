import { ACTIONS, SEVERITIES } from '../domain/index.js'
import type { Choice, WantedValues } from './completion.js'
import type { QueryContext } from './context.js'
import { FIELDS, isFieldName, isFlagField, isRangeField } from './fields.js'
import type { FieldName, RangeField, TextField } from './fields.js'

const SAVED: Choice = {
  text: 'saved:',
  kind: 'key',
  description: 'A query that was saved under a name.',
}

const OPERATORS: readonly Choice[] = [
  { text: 'NOT', kind: 'operator', description: 'what follows must not hold' },
  { text: 'AND', kind: 'operator', description: 'both must hold' },
  { text: 'OR', kind: 'operator', description: 'one of both must hold' },
]

const DATES: Readonly<Record<string, string>> = {
  today: 'this day',
  yesterday: 'the day before',
  '>-1h': 'the last hour',
  '>-1d': 'the last 24 hours',
  '>-7d': 'the last seven days',
  '>-30d': 'the last thirty days',
}

export function keyChoices(typed: string): Choice[] {
  const keys = Object.entries(FIELDS).map(([key, { description }]): Choice => ({
    text: `${key}:`,
    kind: 'key',
    description,
  }))
  return beginning([...keys, SAVED], typed)
}

/** @param follows whether something stands before, which AND and OR need */
export function operatorChoices(typed: string, follows: boolean): Choice[] {
  // In small letters they would be words to search for.
  return (follows ? OPERATORS : OPERATORS.slice(0, 1)).filter(({ text }) => text.startsWith(typed))
}

interface Values {
  readonly choices: readonly Choice[]
  readonly wanted?: Omit<WantedValues, 'within'>
}

/** @param typed the beginning of the value, without quotes */
export function valueChoices(key: string, typed: string, context: QueryContext): Values {
  if (key === 'saved') return { choices: beginning(savedChoices(context), typed) }
  if (!isFieldName(key)) return { choices: [] }
  const choices = beginning(knownValues(key, context), typed)
  if (isFlagField(key) || isRangeField(key) || !isOpen(key)) return { choices }
  return { choices, wanted: { field: key, prefix: typed } }
}

function knownValues(field: FieldName, context: QueryContext): Choice[] {
  if (isFlagField(field)) return values(FIELDS[field].meanings)
  if (isRangeField(field)) return rangeValues(field)
  const definition = FIELDS[field]
  if (definition.type === 'action') return actionChoices()
  if (definition.type === 'choice') return definition.values.map((text) => value(text))
  const isMine = definition.type === 'login' && context.me !== undefined
  return isMine ? [value('@me', context.me)] : []
}

/** Whether it takes values that only the log knows and that a person can read. */
function isOpen(field: TextField): boolean {
  return ['action', 'login', 'repo', 'text'].includes(FIELDS[field].type)
}

/** Each family first, as `push.*`, then each action. */
function actionChoices(): Choice[] {
  const names = Object.keys(ACTIONS).sort()
  const families = new Set(names.map((name) => name.slice(0, name.indexOf('.') + 1)))
  return [
    ...[...families].map((family) => value(`${family}*`, 'all of these')),
    ...names.map((name) => value(name, ACTIONS[name]?.description)),
  ]
}

function rangeValues(field: RangeField): Choice[] {
  switch (FIELDS[field].type) {
    case 'severity':
      return SEVERITIES.flatMap((name) => [value(name), value(`>=${name}`, `${name} or more`)])
    case 'date':
      return values(DATES)
    case 'number':
      return []
  }
}

/** By name, and by organisation where the name alone would not do. */
function savedChoices({ saved = [] }: QueryContext): Choice[] {
  return saved.map(({ organisation, name, text }) => {
    const only = saved.filter((other) => other.name === name).length === 1
    return value(only ? name : `${organisation}/${name}`, text)
  })
}

function values(described: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(described).map(([text, description]) => value(text, description))
}

function value(text: string, description = ''): Choice {
  return { text, kind: 'value', description }
}

function beginning(choices: readonly Choice[], typed: string): Choice[] {
  const wanted = typed.toLowerCase()
  return choices.filter(({ text }) => text.toLowerCase().startsWith(wanted))
}
