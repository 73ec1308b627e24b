import type { Lines } from '../domain/index.js'
import { readsOf, strangersText, type Read } from './expressions.js'
import type { References } from './facts.js'
import { members, type Scalar, type Tree } from './tree.js'

interface Gathered {
  readonly secrets: Map<string, Lines>
  readonly variables: Map<string, Lines>
  readonly injected: Map<string, Lines>
  allSecrets: Lines | undefined
  dynamicSecrets: Lines | undefined
}

const EMPTY: ReadonlySet<string> = new Set()

/** What the expressions below a value read; `without` names keys that are looked at by themselves. */
export function referencesIn(
  tree: Tree | undefined,
  without: ReadonlySet<string> = EMPTY,
): References {
  const found = nothing()
  for (const [key, value] of members(tree)) {
    if (!without.has(key)) gather(found, key, value)
  }
  return found
}

/** The first place of each. */
export function allReferences(parts: readonly References[]): References {
  const all = nothing()
  for (const part of parts) {
    for (const key of ['secrets', 'variables', 'injected'] as const) keepFirst(all[key], part[key])
    all.allSecrets ??= part.allSecrets
    all.dynamicSecrets ??= part.dynamicSecrets
  }
  return all
}

function keepFirst(all: Map<string, Lines>, more: ReadonlyMap<string, Lines>): void {
  for (const [name, lines] of more) if (!all.has(name)) all.set(name, lines)
}

function nothing(): Gathered {
  return {
    secrets: new Map(),
    variables: new Map(),
    injected: new Map(),
    allSecrets: undefined,
    dynamicSecrets: undefined,
  }
}

/** Where text becomes a program: `run`, and the `script` of actions/github-script. */
const PROGRAMS = new Set(['run', 'script'])

function gather(found: Gathered, key: string, tree: Tree): void {
  if (tree.kind === 'mapping') {
    for (const [name, value] of tree.members) gather(found, name, value)
  } else if (tree.kind === 'sequence') {
    for (const item of tree.items) gather(found, key, item)
  } else {
    gatherText(found, key, tree)
  }
}

function gatherText(found: Gathered, key: string, { text, lines }: Scalar): void {
  for (const read of readsOf(text, key === 'if')) {
    note(found, read, lines)
    const stranger = PROGRAMS.has(key) ? strangersText(read) : undefined
    if (stranger !== undefined) keepFirst(found.injected, new Map([[stranger, lines]]))
  }
  if (key === 'secrets' && text === 'inherit') found.allSecrets ??= lines
}

function note(found: Gathered, [context, name = '']: Read, lines: Lines): void {
  if (context === 'vars') keepFirst(found.variables, new Map([[name.toUpperCase(), lines]]))
  if (context !== 'secrets') return
  if (name === '*') found.allSecrets ??= lines
  else if (name === '[]') found.dynamicSecrets ??= lines
  else keepFirst(found.secrets, new Map([[name.toUpperCase(), lines]]))
}
