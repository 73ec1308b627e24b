import type { Lines } from '../domain/index.js'
import type { Setting, Settings } from './facts.js'

/** A YAML value with its place: aliases stand for what they name. */
export type Tree = Scalar | Sequence | Mapping

export interface Scalar {
  readonly kind: 'scalar'
  readonly text: string
  /** Behind it, on its line. */
  readonly comment: string | undefined
  readonly lines: Lines
}

interface Sequence {
  readonly kind: 'sequence'
  readonly items: readonly Tree[]
  readonly lines: Lines
}

interface Mapping {
  readonly kind: 'mapping'
  readonly members: ReadonlyMap<string, Tree>
  readonly lines: Lines
}

const NONE: ReadonlyMap<string, Tree> = new Map()

/** The members of a mapping; none of anything else. */
export function members(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  return tree?.kind === 'mapping' ? tree.members : NONE
}

/** The items of a sequence; a lone scalar is a sequence of one, as GitHub reads it. */
export function items(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || isEmpty(tree)) return []
  return tree.kind === 'sequence' ? tree.items : [tree]
}

function isEmpty(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.text === ''
}

export function scalar(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && tree.text !== '' ? tree.text : undefined
}

/** One text for one meaning: neither layout nor the order of keys is in it. */
export function textOf(tree: Tree): string {
  if (tree.kind === 'scalar') return trimmed(tree.text)
  return JSON.stringify(plain(tree))
}

/** Blank ends of lines and of the text make no difference to a shell. */
function trimmed(text: string): string {
  return text.replace(/[ \t\r]+$/gm, '').trimEnd()
}

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

function plain(tree: Tree): Plain {
  if (tree.kind === 'scalar') return trimmed(tree.text)
  if (tree.kind === 'sequence') return tree.items.map(plain)
  const sorted = [...tree.members].sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, value]) => [key, plain(value)]))
}

export function settingOf(tree: Tree | undefined): Setting | undefined {
  return tree && { text: textOf(tree), lines: tree.lines }
}

/** Every member but those that have a place of their own. */
export function settingsOf(
  tree: Tree | undefined,
  without: ReadonlySet<string> = new Set(),
): Settings {
  const found = new Map<string, Setting>()
  for (const [key, value] of members(tree)) {
    if (!without.has(key)) found.set(key, { text: textOf(value), lines: value.lines })
  }
  return found
}
