import type { JsonObject } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { below, links } from '../links.js'
import { count, LIMITS, object, text } from '../payload.js'
import { outcomeOfGroup } from '../queue-outcome.js'

const NAMES = {
  checks_requested: 'merge_group.checks_requested',
  destroyed: 'merge_group.destroyed',
}

/** What the merge queue builds together before it merges. Its head is a commit that GitHub made for it. */
export const mergeGroup: Normaliser = {
  event: 'merge_group',
  normalise(event) {
    const group = object(event.payload.merge_group)
    const [head, base] = [text(group.head_sha, LIMITS.sha), text(group.base_sha, LIMITS.sha)]
    const ref = text(group.head_ref, LIMITS.path)
    const number = pullOf(group)
    const isEnd = event.action === 'destroyed'
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: [],
      outcome: isEnd ? outcomeOfGroup(event.payload.reason) : 'pending',
      targets: [{ type: 'merge_group', id: head, name: ref }],
      ci: {
        event: 'merge_group',
        ref,
        before_sha: base,
        head_sha: head,
        pull_requests: number === undefined ? undefined : [number],
      },
      links: links([
        ['commit', head && below(event.repoUrl, 'commit', head)],
        ['pull_request', number && below(event.repoUrl, 'pull', number)],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('merge_group', event.repo, head),
      labels: {
        base: text(group.base_ref, LIMITS.path)?.replace(/^refs\/heads\//, ''),
        queue_reason: isEnd ? text(event.payload.reason, 40) : undefined,
      },
    })
    return [entry]
  },
}

/** `refs/heads/gh-readonly-queue/main/pr-104-929f…`: the last pull request of the group. */
function pullOf(group: JsonObject): number | undefined {
  const ref = text(group.head_ref, LIMITS.path) ?? ''
  const found = /\/gh-readonly-queue\/.+\/pr-(\d{1,9})-[0-9a-f]+$/.exec(ref)
  return found ? count(Number(found[1])) : undefined
}
