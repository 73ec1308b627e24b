import { createHash } from 'node:crypto'

/** Chance that comes out the same for the same seed, so that the story does too. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** A UUID of the form that GitHub gives deliveries. */
  guid(): string
}

export function createDice(seed: number): Dice {
  const next = mulberry32(seed)
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    between,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    guid: () => {
      const hex = Array.from({ length: 32 }, () => between(0, 15).toString(16)).join('')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-11f1-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}

/** 40 hex digits that look like, and are as unique as, a Git object's id. */
export function objectId(...of: readonly (string | number)[]): string {
  return createHash('sha1').update(of.join('\n')).digest('hex')
}

/** GitHub's global ids are opaque: a prefix that names the kind, and base64url. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(`0:${kind}:${String(id)}`).toString('base64url')}`
}

// Tommy Ettinger's Mulberry32: 32 bits of state are plenty for a story.
function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
