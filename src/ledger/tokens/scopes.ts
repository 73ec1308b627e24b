/** What a token allows. */
export const SCOPES = {
  read: 'ask: entries in pages, explanation, facets, completion, runs, proofs',
  export: 'take whole answers away: entries as NDJSON or CSV; each use is an entry of the log',
  admin: 'see how the log is run: every token of the API',
  'log:read': 'read the leaves of the whole log (/tile/entries/…), to verify it elsewhere',
} as const
export type Scope = keyof typeof SCOPES

/** Scopes that reach beyond single entries: a token that has one cannot be limited. */
export const UNLIMITED_SCOPES: ReadonlySet<string> = new Set<Scope>(['log:read', 'admin'])
