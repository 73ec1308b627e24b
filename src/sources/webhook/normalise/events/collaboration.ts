import { COLLABORATION_EVENTS, type EntryDraft } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { generic } from '../fallback.js'
import { integer, object } from '../payload.js'

/** Where the payload holds what the event is about, if not under its own name. */
const MEMBERS: Readonly<Record<string, string>> = {
  commit_comment: 'comment',
  discussion_comment: 'comment',
  issue_comment: 'comment',
  issue_dependencies: 'blocked_issue',
  issues: 'issue',
  pull_request_review_comment: 'comment',
  pull_request_review_thread: 'pull_request',
  repository_vulnerability_alert: 'alert',
  sub_issues: 'sub_issue',
}
const REPEATS: Readonly<Record<string, string>> = {
  repository_vulnerability_alert: 'dependabot_alert',
}

/** Who worked with whom on what: registered and attributed, without more, since it builds nothing. */
export const collaboration: readonly Normaliser[] = [...COLLABORATION_EVENTS].map(
  ([event, names]) => ({
    event,
    normalise: (delivery) => [entry(delivery, names)],
  }),
)

function entry(event: WebhookEvent, names: Readonly<Record<string, string>>): EntryDraft {
  const read = generic(event, actionName(event, names), MEMBERS[event.name] ?? event.name)
  const repeats = REPEATS[event.name]
  return {
    ...read,
    outcome: 'success',
    correlation_id: conversation(event),
    labels: repeats === undefined ? read.labels : { ...read.labels, repeats },
  }
}

/** Everything about one issue, pull request or discussion belongs together. */
function conversation({ repo, payload }: WebhookEvent): string | undefined {
  const { issue, pull_request: pull, discussion } = payload
  const number = integer(object(issue ?? pull ?? discussion).number)
  if (pull !== undefined || object(issue).pull_request !== undefined) {
    return correlation('pr', repo, number)
  }
  return correlation(issue === undefined ? 'discussion' : 'issue', repo, number)
}
