import {
  addCommit,
  deleteRef,
  setRef,
  type Account,
  type Commit,
  type Repository,
} from '../../github/index.js'
import { appJson, suiteJson } from '../payloads/checks.js'
import { pushJson, type Push } from '../payloads/commits.js'
import { envelope } from '../payloads/repositories.js'
import { tipOf } from '../places.js'
import type { Stage } from '../stage.js'

export interface Change {
  readonly repository: Repository
  readonly branch: string
  /** Who pushes. */
  readonly by: Account
  /** Whom the commit names; the one who pushes when left out. Git does not check it. */
  readonly author?: Account
  readonly message: string
  /** Path to content; null deletes. */
  readonly files: Readonly<Record<string, string | null>>
  /** In place of the branch's tip: the commit before that is replaced, and the push is forced. */
  readonly onto?: string
}

/** Commits and pushes to a branch; a branch that is not there is created off the default branch. */
export function pushChange(stage: Stage, change: Change): Commit {
  const { repository, branch } = change
  const at = new Date(stage.world.now())
  const before = repository.refs.get(`refs/heads/${branch}`) ?? null
  const parent = change.onto ?? before ?? tipOf(repository)
  const commit = addCommit(repository, {
    author: change.author ?? change.by,
    committer: change.by,
    message: change.message,
    at,
    files: change.files,
    parents: [parent],
    branch,
    verified: change.author === undefined,
  })
  if (before === null) announceRef(stage, repository, 'create', { branch, by: change.by })
  const forced = change.onto !== undefined && change.onto !== before
  const ref = `refs/heads/${branch}`
  announcePush(stage, repository, {
    ref,
    before,
    after: commit.sha,
    commits: [commit],
    forced,
    by: change.by,
  })
  return commit
}

/** GitHub asks every App that may write checks for a suite, on every push. */
function announcePush(stage: Stage, repository: Repository, push: Push): void {
  const { world } = stage
  sendPush(stage, repository, push)
  const commit = repository.commits.get(push.after ?? '')
  if (!commit) return
  const now = world.now()
  const suite = suiteJson(world.links, repository, {
    id: world.id('suite'),
    app: appJson(world, { ...world.app, name: 'Hooktrail', owner: world.organization }),
    commit,
    branch: push.ref.replace('refs/heads/', ''),
    status: 'queued',
    conclusion: null,
    pulls: [],
    startedAt: now,
    updatedAt: now,
  })
  world.emit('check_suite', {
    action: 'requested',
    check_suite: suite,
    ...envelope(world, repository, push.by),
  })
}

export interface RefChange {
  readonly branch: string
  readonly by: Account
}

function announceRef(
  { world }: Stage,
  repository: Repository,
  event: 'create' | 'delete',
  { branch, by }: RefChange,
): void {
  const created = {
    master_branch: repository.defaultBranch,
    description: repository.description,
  }
  world.emit(event, {
    ref: branch,
    ref_type: 'branch',
    ...(event === 'create' ? created : {}),
    pusher_type: 'user',
    ...envelope(world, repository, by),
  })
}

export function deleteBranch(
  stage: Stage,
  repository: Repository,
  { branch, by }: RefChange,
): void {
  const before = tipOf(repository, branch)
  const ref = `refs/heads/${branch}`
  deleteRef(repository, ref)
  announceRef(stage, repository, 'delete', { branch, by })
  sendPush(stage, repository, { ref, before, after: null, commits: [], by })
}

export interface TagMove {
  readonly tag: string
  readonly to: string
  readonly by: Account
}

/** Creates a tag or, if it is there, moves it by force. */
export function pushTag(stage: Stage, repository: Repository, move: TagMove): void {
  const { world } = stage
  const ref = `refs/tags/${move.tag}`
  const before = repository.refs.get(ref) ?? null
  setRef(repository, ref, move.to)
  if (before === null) {
    world.emit('create', {
      ref: move.tag,
      ref_type: 'tag',
      master_branch: repository.defaultBranch,
      description: repository.description,
      pusher_type: 'user',
      ...envelope(world, repository, move.by),
    })
  }
  const push = { ref, before, after: move.to, commits: [], forced: before !== null, by: move.by }
  sendPush(stage, repository, push)
}

/** GitHub notes every push with the repository, those of tags and deletions too. */
export function sendPush({ world }: Stage, repository: Repository, push: Push): void {
  repository.pushedAt = new Date(world.now())
  world.emit('push', pushJson(world, repository, push))
}
