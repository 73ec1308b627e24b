import type { Span } from './query-error.js'

export type Comparison = '>' | '>=' | '<' | '<='

/** One value of a key, as written. */
export interface RawValue extends Span {
  readonly comparison?: Comparison | undefined
  /** Without quotes; in an unquoted value a final `*` is still there. */
  readonly text: string
  readonly quoted: boolean
  /** A quoted value with `*` after the closing quote. */
  readonly star: boolean
}

export interface KeyToken extends Span {
  readonly kind: 'key'
  readonly key: string
  readonly values: readonly RawValue[]
}

export interface WordToken extends Span {
  readonly kind: 'word'
  readonly text: string
}

export interface SignToken extends Span {
  readonly kind: '(' | ')' | '-' | 'AND' | 'OR' | 'NOT' | 'end'
}

export type Token = KeyToken | WordToken | SignToken
