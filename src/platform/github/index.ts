export type { Octokit } from './client.js'
export { GitHubError, type GitHubErrorCode } from './github-error.js'
export {
  createGitHub,
  type GitHub,
  type GitHubOptions,
  type Installation,
  type OwnApp,
  type Permissions,
} from './github.js'
