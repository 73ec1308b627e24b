import {
  addCommit,
  addRepository,
  updateRun,
  type Commit,
  type Repository,
} from '../../github/index.js'
import type { Stage } from '../stage.js'
import { HOUR, MINUTE, SECOND } from '../time.js'
import type { Act } from '../world.js'
import { LINT, TEST } from './job-plans.js'
import { openPull } from './proposing.js'
import { emitRun, playAttempt, requestRun } from './running.js'

/** A name that a shell, a page and a spreadsheet would each take differently. */
const BRANCH = 'patch-1`id`|<b>bold</b>'
const TITLE = "=cmd|'/C calc'!A1 <script>alert(1)</script> \u202Egnp.exe"

/** A stranger's pull request: its run waits until somebody of ours lets it go. */
export function* forkPull(stage: Stage): Act {
  const { world, cast, places } = stage
  const { repository } = places.docs
  const { fork, commit } = forkAndCommit(stage, repository)
  yield 3 * MINUTE
  openPull(stage, repository, {
    title: TITLE,
    body: 'Fixes a typo. @acme-rail/builders please merge',
    user: cast.outsider,
    branch: BRANCH,
    sha: commit.sha,
    headRepository: fork,
  })
  yield 2 * SECOND
  const at = requestRun(stage, {
    place: places.docs,
    workflow: 'ci',
    event: 'pull_request',
    sha: commit.sha,
    branch: BRANCH,
    actor: cast.outsider,
    headRepository: fork,
    title: TITLE,
  })
  const now = new Date(world.now())
  updateRun(at.run, { status: 'completed', conclusion: 'action_required', at: now })
  emitRun(stage, at, 'completed')
  yield HOUR
  updateRun(at.run, { status: 'queued', at: new Date(world.now()) })
  yield* playAttempt(stage, at, [[LINT, TEST]])
}

function forkAndCommit(
  { world, cast }: Stage,
  parent: Repository,
): { readonly fork: Repository; readonly commit: Commit } {
  const at = new Date(world.now())
  const fork = addRepository(world.state, cast.outsider, {
    name: parent.name,
    id: world.id('repository'),
    parent,
    at,
  })
  const commit = addCommit(fork, {
    author: cast.outsider,
    message: `${TITLE}\n\nOnly a typo.`,
    at,
    files: { 'README.md': '# Docs\n\nAll about trains.\n' },
    parents: [parent.refs.get('refs/heads/main') ?? ''],
    branch: BRANCH,
  })
  return { fork, commit }
}
