import {
  personal,
  type CiContext,
  type DraftTarget,
  type EntryDraft,
  type JsonObject,
  type Link,
  type Personal,
} from '../../../../core/domain/index.js'
import { actorsOfPush, type PushActors } from '../pusher.js'
import { authorsOf, commitsOf, commitTargets, isSkippingCi, messageFacts } from '../commits.js'
import { correlation, draft, type Facts } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { firstLine, LIMITS, list, object, text } from '../payload.js'
import { changedFiles, filesAreComplete } from '../pipeline-files.js'
import { pipelineEntries } from '../pipeline-entries.js'
import { gitRef, isNoCommit, type GitRef } from '../git-ref.js'

/** One entry for the ref that moved, then one for each pipeline file that the push leaves changed. */
export const push: Normaliser = { event: 'push', normalise }

function normalise(event: WebhookEvent): EntryDraft[] {
  const { payload } = event
  const moved = movedRef(payload)
  const actors = actorsOfPush(event)
  const files = changedFiles(list(payload.commits))
  const shared: Shared = {
    at: [object(payload.repository).pushed_at],
    who: actors.who,
    onBehalfOf: actors.onBehalfOf,
    ci: ci(moved),
    correlation: correlationOf(event, moved),
  }
  const entry = draft(
    event,
    refFacts(event, moved, { shared, actors, pipelineFiles: files.length }),
  )
  return [entry, ...pipelineEntries(event, files, { ...shared, ...moved })]
}

type Shared = Pick<Facts, 'at' | 'who' | 'onBehalfOf' | 'ci' | 'correlation'>

interface MovedRef {
  readonly ref: GitRef
  /** The commits that the ref pointed to; `undefined` where there was none. */
  readonly before: string | undefined
  readonly after: string | undefined
  readonly forced: boolean
}

function movedRef(payload: JsonObject): MovedRef {
  const before = text(payload.before, LIMITS.sha)
  const after = text(payload.after, LIMITS.sha)
  return {
    ref: gitRef(payload.ref),
    before: payload.created === true || isNoCommit(before) ? undefined : before,
    after: payload.deleted === true || isNoCommit(after) ? undefined : after,
    forced: payload.forced === true,
  }
}

/** A ref's beginning and end belong to the ref, as create and delete events do; what lies between to its head. */
function correlationOf(event: WebhookEvent, moved: MovedRef): string | undefined {
  const isUpdate = moved.before !== undefined && moved.after !== undefined
  return isUpdate && moved.ref.kind !== 'tag'
    ? correlation('push', event.repo, moved.after)
    : correlation('ref', event.repo, moved.ref.full)
}

function actionOf({ ref, before, after, forced }: MovedRef): string {
  if (ref.kind === 'tag') {
    if (after === undefined) return 'tag.deleted'
    // A tag stands for one commit: whoever points it elsewhere does so by force, flagged or not.
    return before === undefined ? 'tag.created' : 'tag.moved'
  }
  if (ref.kind === 'branch' && after === undefined) return 'branch.deleted'
  if (ref.kind === 'branch' && before === undefined) return 'branch.created'
  return forced ? 'push.forced' : 'push.created'
}

interface RefContext {
  readonly shared: Shared
  readonly actors: PushActors
  readonly pipelineFiles: number
}

function refFacts(event: WebhookEvent, moved: MovedRef, context: RefContext): Facts {
  const commits = commitsOf(list(event.payload.commits))
  const head = object(event.payload.head_commit)
  return {
    ...context.shared,
    action: actionOf(moved),
    severity: isForcedDefault(event, moved) ? 3 : undefined,
    targets: [
      refTarget(event, moved),
      ...commitTargets(commits.at(-1) ? commits : headAlone(head)),
      ...authorsOf(commits),
      ...context.actors.targets,
    ],
    changes: [{ path: moved.ref.full, before: moved.before ?? null, after: moved.after ?? null }],
    reason: reason(head),
    links: pushLinks(event, moved),
    labels: {
      forced: losesCommits(moved),
      commits: commits.length > 0 ? commits.length : undefined,
      default_branch: isDefault(event, moved),
      skip_ci: isSkippingCi(head.message),
      base_ref: text(event.payload.base_ref, LIMITS.path),
      ...messageFacts(head.message),
      pipeline_files: context.pipelineFiles > 0 ? context.pipelineFiles : undefined,
      files_incomplete: isIncomplete(event, moved),
    },
  }
}

function isDefault({ payload }: WebhookEvent, { ref }: MovedRef): boolean {
  return ref.kind === 'branch' && ref.name === text(object(payload.repository).default_branch)
}

function isForcedDefault(event: WebhookEvent, moved: MovedRef): boolean {
  return actionOf(moved) === 'push.forced' && isDefault(event, moved)
}

function headAlone(head: JsonObject): JsonObject[] {
  return typeof head.id === 'string' ? [head] : []
}

function refTarget(event: WebhookEvent, { ref, after }: MovedRef): DraftTarget {
  const url = after === undefined ? undefined : below(event.repoUrl, 'tree', ref.name)
  return { type: ref.kind, id: ref.full, name: ref.name, url }
}

function ci({ ref, before, after }: MovedRef): CiContext {
  return { event: 'push', ref: ref.full, before_sha: before, head_sha: after }
}

/** First line of the head commit's message: the text of its author, who is not known to be the pusher. */
function reason(head: JsonObject): Personal | undefined {
  const line = firstLine(head.message)
  if (line === undefined) return undefined
  const login = text(object(head.author).username)
  return personal(line, login === undefined ? undefined : { type: 'user', login })
}

function pushLinks(event: WebhookEvent, moved: MovedRef): Link[] {
  const { payload, repoUrl } = event
  const { ref, before, after } = moved
  const isUpdate = before !== undefined && after !== undefined
  return links([
    ['compare', isUpdate ? payload.compare : undefined],
    ['commit', after === undefined ? undefined : below(repoUrl, 'commit', after)],
    ['before', before === undefined ? undefined : below(repoUrl, 'commit', before)],
    ['lost', lostCommits(event, moved)],
    [ref.kind, after === undefined ? undefined : below(repoUrl, 'tree', ref.name)],
    ['repository', htmlUrl(payload.repository)],
  ])
}

/** The payload does not list the commits that a ref lost: seen backwards, GitHub's comparison does. */
function lostCommits(event: WebhookEvent, moved: MovedRef): string | undefined {
  const { before, after } = moved
  if (before === undefined || after === undefined || !losesCommits(moved)) return undefined
  return below(event.repoUrl, 'compare', `${after}...${before}`)
}

function losesCommits(moved: MovedRef): boolean {
  return moved.forced || actionOf(moved) === 'tag.moved'
}

/** Whether files may have changed that the payload does not list. */
function isIncomplete(event: WebhookEvent, { before, after, forced }: MovedRef): boolean {
  if (after === undefined) return false
  const commits = list(event.payload.commits)
  // What a forced push took away, and what stands on a branch that starts at an old commit, is not listed.
  if (forced || (before === undefined && commits.length === 0)) return true
  return !filesAreComplete(commits)
}
