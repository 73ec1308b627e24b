import type { JsonObject } from '../../../core/domain/index.js'
import {
  filesBetween,
  fullName,
  type Account,
  type Commit,
  type FileChange,
  type GitPerson,
  type Repository,
} from '../../github/index.js'
import { isoTime } from '../time.js'
import type { Links, World } from '../world.js'
import { userJson } from './accounts.js'
import { envelope, repositoryJson } from './repositories.js'

const NOTHING = '0'.repeat(40)

export interface Push {
  /** `refs/heads/main` */
  readonly ref: string
  /** Null: the ref is new. */
  readonly before: string | null
  /** Null: the ref is gone. */
  readonly after: string | null
  /** Oldest first. */
  readonly commits: readonly Commit[]
  readonly forced?: boolean
  readonly by: Account
}

export function pushJson(world: World, repository: Repository, push: Push): JsonObject {
  const { links } = world
  const before = push.before ?? NOTHING
  const after = push.after ?? NOTHING
  const head = push.after === null ? undefined : repository.commits.get(push.after)
  return {
    ref: push.ref,
    before,
    after,
    ...pushedRepository(world, repository, push.by),
    pusher: { name: push.by.login, email: emailOf(push.by) },
    created: push.before === null,
    deleted: push.after === null,
    forced: push.forced ?? false,
    base_ref: null,
    compare: `${links.web}/${fullName(repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: push.commits.map((commit) => commitJson(links, repository, commit)),
    head_commit: head ? commitJson(links, repository, head) : null,
  }
}

/** In a push, and nowhere else, the repository has times in seconds and four members more. */
function pushedRepository(world: World, repository: Repository, by: Account): JsonObject {
  const { owner } = repository
  const inPush = {
    ...repositoryJson(world.links, repository),
    owner: { ...userJson(world.links, owner), name: owner.login, email: null },
    url: `${world.links.web}/${fullName(repository)}`,
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
    organization: world.organization.login,
  }
  return { ...envelope(world, repository, by), repository: inPush }
}

function commitJson(links: Links, repository: Repository, commit: Commit): JsonObject {
  const parent = repository.commits.get(commit.parents[0] ?? '')
  const changes = filesBetween(parent, commit)
  const paths = (status: FileChange['status']): string[] =>
    changes.filter((change) => change.status === status).map((change) => change.path)
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: isoTime(commit.committer.date),
    url: `${links.web}/${fullName(repository)}/commit/${commit.sha}`,
    author: signatureJson(commit.author, commit.authorAccount),
    committer: signatureJson(commit.committer, commit.committerAccount),
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified'),
  }
}

/** The form inside a run or a check suite. */
export function headCommitJson(commit: Commit): JsonObject {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: isoTime(commit.committer.date),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  }
}

function signatureJson(person: GitPerson, account: Account | null): JsonObject {
  const { name, email } = person
  return account ? { name, email, username: account.login } : { name, email }
}

function emailOf(account: Account): string {
  return `${String(account.id)}+${account.login}@users.noreply.github.com`
}
