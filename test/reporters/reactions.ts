import type { Reaction, ReactionStore } from '../../src/platform/index.js'

/** A memory that a crash of the database's side would lose: `forget` it in between. */
export interface MemoryReactions extends ReactionStore {
  readonly rows: Map<string, Reaction & { readonly kind: string }>
}

export function memoryReactions(): MemoryReactions {
  const rows: MemoryReactions['rows'] = new Map()
  return {
    rows,
    get: (key) => Promise.resolve(rows.get(key)),
    put: (key, kind, reaction) => {
      rows.set(key, { kind, ...reaction })
      return Promise.resolve()
    },
  }
}
