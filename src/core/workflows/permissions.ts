import type { AccessLevel, Permissions } from './facts.js'
import { members, scalar, type Tree } from './tree.js'

const NO_SCOPES: ReadonlyMap<string, AccessLevel> = new Map()
const LEVELS: readonly AccessLevel[] = ['none', 'read', 'write']

/** What a `permissions` block gives; of none the default. */
export function permissionsOf(tree: Tree | undefined): Permissions {
  if (tree === undefined) return { mode: 'default', scopes: NO_SCOPES, lines: undefined }
  const { lines } = tree
  const word = scalar(tree)
  if (word === 'read-all' || word === 'write-all') return { mode: word, scopes: NO_SCOPES, lines }
  if (tree.kind !== 'mapping') {
    return { mode: word === undefined ? 'listed' : 'unknown', scopes: NO_SCOPES, lines }
  }
  const scopes = new Map<string, AccessLevel>()
  for (const [scope, value] of members(tree)) {
    const level = LEVELS.find((one) => one === scalar(value))
    if (level) scopes.set(scope, level)
  }
  return { mode: 'listed', scopes, lines }
}

/** In words that fit both sides of a change. */
export function permissionsText({ mode, scopes }: Permissions): string {
  if (mode !== 'listed') return mode
  const listed = [...scopes].filter(([, level]) => level !== 'none').sort()
  return listed.map(([scope, level]) => `${scope}: ${level}`).join(', ') || 'none'
}

/**
 * Whether the token may do more than before. Nobody can tell from the file what the default is: what leads to it or,
 * naming a `write`, away from it counts as more.
 */
export function isWider(before: Permissions, after: Permissions): boolean {
  if (after.mode === 'default') return before.mode !== 'default' && before.mode !== 'write-all'
  if (before.mode === 'default')
    return rank(after, '') === 2 || [...after.scopes.values()].includes('write')
  const scopes = new Set(['', ...before.scopes.keys(), ...after.scopes.keys()])
  return [...scopes].some((scope) => rank(after, scope) > rank(before, scope))
}

/** 0 to 2. @param scope one that nobody lists when empty */
function rank({ mode, scopes }: Permissions, scope: string): number {
  if (mode === 'write-all') return 2
  if (mode === 'read-all') return 1
  return LEVELS.indexOf(scopes.get(scope) ?? 'none')
}
