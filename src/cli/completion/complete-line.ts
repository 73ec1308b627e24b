import type { Command, Option } from 'commander'

import { completeQuery, type QueryContext } from '../../core/search/index.js'
import { QUERY_COMMANDS } from '../arguments.js'
import type { ShellLine } from './shell-line.js'

/** What the word at the cursor could become. */
export interface Candidate {
  readonly text: string
  readonly description: string
  /** Whether the word goes on behind it: no space follows. */
  readonly open: boolean
}

/** Commands, options, and keys and values of queries: whatever can be known without the log. */
export function completeLine(
  program: Command,
  { words: [, ...words], word }: Pick<ShellLine, 'words' | 'word'>,
  context: QueryContext,
): Candidate[] {
  const { command, rest } = commandOf(program, words)
  const option = optionNamed(command, rest.at(-1))
  if (option?.required) return closed(valuesOf(option), word)
  const options = word.startsWith('-') ? optionsOf(command, word) : []
  if (QUERY_COMMANDS.has(command.name()) && !word.startsWith('--')) {
    const terms = rest.filter((term) => !term.startsWith('--'))
    return [...options, ...queryCandidates(terms, word, context)]
  }
  return [...options, ...argumentsOf(command, word)]
}

function commandOf(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } {
  const [name, ...rest] = words
  const command = program.commands.find((one) => one.name() === name)
  return command ? commandOf(command, rest) : { command: program, rest: words }
}

function optionNamed(command: Command, word: string | undefined): Option | undefined {
  return command.options.find(
    ({ short, long }) => word !== undefined && [short, long].includes(word),
  )
}

function valuesOf({ long, argChoices = [] }: Option): readonly string[] {
  return long === '--tz' ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : argChoices
}

function optionsOf(command: Command, word: string): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, short, description }) => {
      const text = long ?? short ?? ''
      return text.startsWith(word) ? [{ text, description, open: false }] : []
    })
}

function argumentsOf(command: Command, word: string): Candidate[] {
  const commands = command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ text: one.name(), description: one.description(), open: false }))
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices)
  return [...commands.filter(({ text }) => text.startsWith(word)), ...closed(choices, word)]
}

function closed(texts: readonly string[], word: string): Candidate[] {
  return texts
    .filter((text) => text.startsWith(word))
    .map((text) => ({ text, description: '', open: false }))
}

/** The whole word with what the query could have at its end. */
function queryCandidates(
  terms: readonly string[],
  word: string,
  context: QueryContext,
): Candidate[] {
  const before = terms.map((term) => `${term} `).join('')
  const text = before + word
  const { replace, choices } = completeQuery(text, text.length, context)
  if (replace.position < before.length) return []
  const kept = text.slice(before.length, replace.position)
  return choices.map((choice) => ({
    text: kept + choice.text,
    description: choice.description,
    open: choice.kind === 'key' || choice.text.endsWith('*'),
  }))
}
