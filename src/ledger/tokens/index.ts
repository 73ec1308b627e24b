export { SCOPES, UNLIMITED_SCOPES, type Scope } from './scopes.js'
export { tokenHolds, useToken } from './find-token.js'
export { createToken, listTokens, revokeToken } from './manage-tokens.js'
export type { ApiToken, TokenGrant } from './token.js'
