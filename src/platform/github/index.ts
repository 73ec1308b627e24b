export type { Octokit } from './client.js'
export { GitHubError, type GitHubErrorCode } from './github-error.js'
export { createGitHub, type GitHub, type GitHubOptions } from './github.js'
