/** What a token allows. */
export const SCOPES = {
  read: 'ask: entries in pages, explanation, completion, runs, the live tail',
  export: 'take out any number of entries at once; each use is itself an entry',
  'log:read': 'read the leaves of the whole log (/tile/entries/…), to verify it elsewhere',
  admin: 'list and revoke tokens',
} as const
export type Scope = keyof typeof SCOPES

/** Scopes that reach beyond single entries: a token that has one cannot be limited. */
export const UNLIMITED_SCOPES: ReadonlySet<string> = new Set<Scope>(['log:read', 'admin'])
