/** What a token of the API may do. */
export interface TokenGrant {
  /** What it is called in lists and entries. */
  readonly name: string
  readonly scopes: readonly string[]
  /** Entries of these organisations, and of these repositories (owner/name), are all it sees; both empty: the whole log. */
  readonly organisations: readonly string[]
  readonly repositories: readonly string[]
  readonly expiresAt: Date | null
}

/** A token as it is kept: not the secret itself. */
export interface ApiToken extends TokenGrant {
  readonly id: string
  readonly createdAt: Date
  readonly revokedAt: Date | null
  /** To the minute. */
  readonly lastUsedAt: Date | null
}
