export type { Octokit } from './client.js'
export { GitHubError, type GitHubErrorCode } from './github-error.js'
export { createGitHub, type GitHub } from './github.js'
export type { GitHubOptions } from './github-options.js'
