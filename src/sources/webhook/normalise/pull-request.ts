import {
  personal,
  type CiContext,
  type DraftTarget,
  type JsonObject,
  type Personal,
  type Principal,
} from '../../../core/domain/index.js'
import { correlation } from './draft.js'
import { hosted, type WebhookEvent } from './event.js'
import { below, htmlUrl, links } from './links.js'
import { count, firstLine, integer, LIMITS, object, text } from './payload.js'
import { principal } from './who.js'

/** The pull request and whoever opened it, with what its title says sealed as their text. */
export function pullTargets(pull: JsonObject): DraftTarget[] {
  const author = principal(pull.user)
  const found: DraftTarget[] = [
    { type: 'pull_request', id: count(pull.number), name: titleOf(pull), url: htmlUrl(pull) },
  ]
  if (author) found.push({ type: 'author', principal: author })
  return found
}

function titleOf(pull: JsonObject): Personal | undefined {
  const title = firstLine(pull.title)
  return title === undefined ? undefined : personal(title, authorOf(pull))
}

/** Whose text title and body are, should they ask for erasure. */
export function authorOf(pull: JsonObject): Principal | undefined {
  return principal(pull.user)
}

/** The head that is asked for; the branch that it is for stands in the label `base`. */
export function pullContext(event: WebhookEvent, pull: JsonObject): CiContext {
  const head = object(pull.head)
  const branch = text(head.ref)
  const headRepo = hosted(event.host, head.repo)
  const number = count(pull.number)
  return {
    event: event.name,
    ref: branch === undefined ? undefined : `refs/heads/${branch}`,
    head_sha: text(head.sha, LIMITS.sha),
    head_repo: headRepo?.id === event.repo?.id ? undefined : headRepo,
    pull_requests: number === undefined ? undefined : [number],
    title: titleOf(pull),
  }
}

/** Whether the head is in another repository; one that was deleted since was a fork. */
export function isFromFork(event: WebhookEvent, pull: JsonObject): boolean {
  const { repo } = object(pull.head)
  const id = integer(object(repo).id)
  return repo === null || (id !== undefined && event.repo !== undefined && id !== event.repo.id)
}

export function pullCorrelation(event: WebhookEvent, pull: JsonObject): string | undefined {
  return correlation('pr', event.repo, count(pull.number))
}

export function pullLinks(event: WebhookEvent, pull: JsonObject): ReturnType<typeof links> {
  const number = count(pull.number)
  const page = number === undefined ? undefined : below(event.repoUrl, 'pull', number)
  const sha = text(object(pull.head).sha, LIMITS.sha)
  return links([
    ['pull_request', htmlUrl(pull) ?? page],
    ['commit', sha && below(event.repoUrl, 'commit', sha)],
    ['repository', event.repoUrl],
  ])
}
