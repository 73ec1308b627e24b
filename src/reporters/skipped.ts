import { GitHubError, type GitHubErrorCode } from '../platform/index.js'

/** Nothing was written, and trying again would not change that until somebody changes something at GitHub. */
export interface Skipped {
  readonly outcome: 'skipped'
  readonly reason: SkipReason
}

export type SkipReason =
  | 'installation_suspended'
  | 'installation_gone'
  | 'no_permission'
  | 'repository_gone'
  | 'repository_empty'
  | 'commit_unknown'
  | 'issues_disabled'

export function skipped(reason: SkipReason): Skipped {
  return { outcome: 'skipped', reason }
}

const REASONS: Readonly<Partial<Record<GitHubErrorCode, SkipReason>>> = {
  installation_suspended: 'installation_suspended',
  installation_gone: 'installation_gone',
  forbidden: 'no_permission',
  not_found: 'repository_gone',
  gone: 'issues_disabled',
}

/** An expected refusal as an outcome. @throws the error itself if it is none */
export function skippedBecause(error: unknown): Skipped {
  if (!(error instanceof GitHubError)) throw error
  const reason = isUnknownCommit(error) ? 'commit_unknown' : REASONS[error.code]
  if (reason === undefined) throw error
  return skipped(reason)
}

/** A commit of a fork, or one that was deleted with its branch. */
function isUnknownCommit({ code, message }: GitHubError): boolean {
  return code === 'rejected' && /No commit found/i.test(message)
}
