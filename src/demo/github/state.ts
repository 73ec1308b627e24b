/**
 * The state behind the stand-in for GitHub and the functions that change it: `createGitHubState()`, then
 * `addOrganization`, `addRepository`, `addCommit`, `addRun` and so on. Objects are found again through the maps.
 */
export * from './state/accounts.js'
export * from './state/check-runs.js'
export * from './state/commits.js'
export * from './state/deliveries.js'
export type { GitPerson } from './state/git-objects.js'
export { blobSha, treeSha } from './state/git-objects.js'
export * from './state/installations.js'
export * from './state/issues.js'
export * from './state/model.js'
export * from './state/pulls.js'
export * from './state/repositories.js'
export * from './state/runs.js'
export * from './state/settings.js'
