import {
  filesBetween,
  type Account,
  type Commit,
  type GitHubState,
  type Repository,
} from '../state.js'
import { accountView } from './account.js'
import { diffEntry } from './diff.js'
import { nodeId, repositoryApi, repositoryPage, time, type View } from './links.js'

/** `commit`, as lists show it. */
export function commitView(state: GitHubState, repository: Repository, commit: Commit): View {
  const api = repositoryApi(state, repository)
  const page = repositoryPage(state, repository)
  const account = (who: Account | null): object | null => who && accountView(state, who)
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: gitCommit(api, commit),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: account(commit.authorAccount),
    committer: account(commit.committerAccount),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  }
}

function gitCommit(api: string, commit: Commit) {
  return {
    author: { ...commit.author, date: time(commit.author.date) },
    committer: { ...commit.committer, date: time(commit.committer.date) },
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    url: `${api}/git/commits/${commit.sha}`,
    comment_count: 0,
    verification: {
      verified: commit.verified,
      reason: commit.verified ? 'valid' : 'unsigned',
      signature: null,
      payload: null,
      verified_at: commit.verified ? time(commit.committer.date) : null,
    },
  }
}

/** `commit` with its files against the first parent. */
export function commitWithFilesView(
  state: GitHubState,
  repository: Repository,
  commit: Commit,
): View {
  const parent = repository.commits.get(commit.parents[0] ?? '')
  const files = filesBetween(parent, commit).map((change) =>
    diffEntry(state, repository, commit.sha, change),
  )
  let additions = 0
  let deletions = 0
  for (const file of files) {
    additions += file.additions
    deletions += file.deletions
  }
  const stats = { additions, deletions, total: additions + deletions }
  return { ...commitView(state, repository, commit), stats, files }
}

/** `simple-commit`: the head commit inside a run. */
export function simpleCommitView(commit: Commit): View {
  const person = ({ name, email }: { name: string; email: string }): object => ({ name, email })
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: time(commit.committer.date),
    author: person(commit.author),
    committer: person(commit.committer),
  }
}
