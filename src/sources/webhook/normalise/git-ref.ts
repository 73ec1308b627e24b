import { text } from './payload.js'

export interface GitRef {
  readonly kind: 'branch' | 'tag' | 'ref'
  /** For example `refs/heads/main`. */
  readonly full: string
  /** For example `main`. */
  readonly name: string
}

/** A full ref; a short one or none is kept as kind `ref`. */
export function gitRef(value: unknown): GitRef {
  const full = text(value, 1000) ?? 'unknown'
  if (full.startsWith('refs/heads/')) return { kind: 'branch', full, name: full.slice(11) }
  if (full.startsWith('refs/tags/')) return { kind: 'tag', full, name: full.slice(10) }
  return { kind: 'ref', full, name: full }
}

/** The object name of nothing: all zeros, in SHA-1 or SHA-256; or none at all. */
export function isNoCommit(sha: string | undefined): boolean {
  return sha === undefined || /^0+$/.test(sha)
}
