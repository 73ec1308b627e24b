import type { DraftTarget, JsonObject, Principal } from '../../../core/domain/index.js'
import type { WebhookEvent } from './event.js'
import { LIMITS, object, text } from './payload.js'
import { behind, firstWho, principal, type Who } from './who.js'

export type MergeWay = 'auto_merge' | 'merge_queue' | 'direct'

export interface Merge {
  readonly way: MergeWay
  readonly who: Who
  /** Who had asked for the merge beforehand. */
  readonly onBehalfOf: readonly Principal[]
  readonly targets: readonly DraftTarget[]
}

const QUEUE = 'github-merge-queue[bot]'

/**
 * How a pull request was merged, and by whom: the queue by its own account, auto-merge on behalf of whoever
 * enabled it. What is neither was done by somebody's own hand, be it the button or a push of the same commits.
 */
export function mergeOf(event: WebhookEvent, pull: JsonObject): Merge {
  const { sender } = event.payload
  const who = firstWho([
    ['pull_request.merged_by', pull.merged_by],
    ['sender', sender],
  ])
  const enabledBy = principal(object(pull.auto_merge).enabled_by)
  const others = behind(who.actor, [enabledBy])
  const third = behind(who.actor, [principal(sender)])
  const sha = text(pull.merge_commit_sha, LIMITS.sha)
  return {
    way: wayOf(event, who, pull),
    who,
    onBehalfOf: others,
    targets: [
      ...(sha === undefined ? [] : [{ type: 'merge_commit', id: sha }]),
      ...third.map((one) => ({ type: 'sender', principal: one })),
    ],
  }
}

function wayOf({ payload }: WebhookEvent, { actor }: Who, pull: JsonObject): MergeWay {
  if (actor.login === QUEUE || text(object(payload.sender).login) === QUEUE) return 'merge_queue'
  return pull.auto_merge === null || pull.auto_merge === undefined ? 'direct' : 'auto_merge'
}
