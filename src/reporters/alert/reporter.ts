import type { AlertReport } from '../../core/domain/index.js'
import type { GitHub, ReactionStore } from '../../platform/index.js'
import type { Skipped } from '../skipped.js'
import { commitOf, type AlertCommit } from './commit.js'
import { reportIssue, type IssueWritten } from './issue.js'

interface AlertWritten {
  /** Where the caller shows the finding: it belongs into the check run of this commit. */
  readonly commit: AlertCommit | Skipped
  readonly issue: IssueWritten | Skipped
}

export interface AlertReporter {
  /**
   * Opens or updates the alert's issue, where the installation may write issues, and names the commit whose
   * check run shows the finding. The same alert again changes nothing. Two at once for one finding may write
   * twice: the caller works them off one after the other.
   * @throws GitHubError `rate_limited` or `unavailable`, which the caller tries again later
   */
  report(alert: AlertReport): Promise<AlertWritten>
}

export function createAlertReporter(options: {
  readonly github: GitHub
  readonly reactions: ReactionStore
}): AlertReporter {
  return {
    report: async (alert) => {
      const commit = await commitOf(alert, options)
      return { commit, issue: await reportIssue(alert, options) }
    },
  }
}
