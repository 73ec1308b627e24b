import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  addApproval,
  addArtifact,
  addAttempt,
  addCheckRun,
  addCollaborator,
  addComment,
  addCommit,
  addDeployKey,
  addEnvironment,
  addIssue,
  addJob,
  addPullRequest,
  addRepository,
  addRuleset,
  addRun,
  addUser,
  addWorkflow,
  createDeliverer,
  describeViolation,
  gitHubValidator,
  setProtection,
  setRef,
  setSecret,
  updateJob,
  updateRun,
} from '../../../src/demo/index.js'
import { routes } from '../../../src/demo/github/routes/index.js'
import { AT, openScene, type Scene } from './scene.js'

let scene: Scene
const ids: Record<string, string> = { owner: 'octo-org', repo: 'hello', org: 'octo-org' }

beforeAll(async () => {
  scene = await openScene()
  fill(scene)
})
afterAll(() => scene.standIn.close())

/** One of everything, with every optional part filled. */
function fill({ state, repository, octocat, commit, standIn }: Scene): void {
  const bob = addUser(state, { login: 'bob' })
  const fork = addRepository(state, bob, { name: 'hello', parent: repository, at: AT })
  const change = addCommit(fork, {
    author: bob,
    message: 'Change',
    at: new Date('2026-11-02T10:00:00Z'),
    branch: 'topic',
    files: { 'README.md': '# Hi\n', 'docs/a.md': 'a\n' },
    verified: true,
    unknownAuthor: { name: 'Nobody', email: 'nobody@example.com' },
  })
  setRef(repository, 'refs/tags/v1', commit.sha)
  const workflow = addWorkflow(state, repository, {
    name: 'CI',
    path: '.github/workflows/ci.yml',
    at: AT,
  })
  const pull = addPullRequest(state, repository, {
    title: 'Change it',
    user: bob,
    headRepository: fork,
    headRef: 'topic',
    headSha: change.sha,
    at: AT,
  })
  const run = addRun(state, repository, {
    workflow,
    event: 'push',
    headSha: commit.sha,
    headBranch: 'main',
    actor: octocat,
    at: AT,
    pulls: [pull.number],
    referencedWorkflows: [
      { path: 'a/b/.github/workflows/c.yml@v1', sha: commit.sha, ref: 'refs/tags/v1' },
    ],
  })
  updateRun(run, { status: 'completed', conclusion: 'failure', at: AT })
  addAttempt(run, bob, AT)
  const job = addJob(state, run, { name: 'test', at: AT })
  updateJob(job, {
    status: 'completed',
    conclusion: 'success',
    completedAt: AT,
    runnerId: 1,
    runnerName: 'GitHub Actions 1',
    runnerGroupId: 0,
    runnerGroupName: 'GitHub Actions',
    steps: [
      {
        name: 'Set up job',
        number: 1,
        status: 'completed',
        conclusion: 'success',
        startedAt: AT,
        completedAt: AT,
      },
    ],
  })
  addArtifact(state, run, {
    name: 'dist',
    sizeInBytes: 12,
    digest: `sha256:${'0'.repeat(64)}`,
    at: AT,
  })
  const environment = addEnvironment(state, repository, {
    name: 'production',
    at: AT,
    waitTimer: 5,
    reviewers: [octocat],
    branchPolicy: 'protected',
  })
  addApproval(run, {
    state: 'approved',
    user: octocat,
    comment: 'ok',
    environments: ['production'],
  })
  setSecret(repository, 'NPM_TOKEN', AT)
  setSecret(environment, 'DEPLOY_KEY', AT)
  addCollaborator(repository, bob, 'write')
  addDeployKey(state, repository, {
    title: 'ci',
    key: 'ssh-ed25519 AAAA',
    readOnly: false,
    addedBy: bob,
    at: AT,
  })
  const ruleset = addRuleset(state, repository, {
    name: 'main',
    at: AT,
    rules: [{ type: 'deletion' }, { type: 'required_linear_history' }],
    bypassActors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
  })
  setProtection(repository, 'main', {
    requiredReviews: 2,
    requiredChecks: ['test'],
    enforceAdmins: true,
  })
  const issue = addIssue(state, repository, { title: 'A', user: bob, labels: ['security'], at: AT })
  addComment(state, issue, { body: 'Hm', user: bob, at: AT })
  const check = addCheckRun(state, repository, {
    name: 'Hooktrail',
    headSha: commit.sha,
    appId: 4242,
    status: 'completed',
    conclusion: 'neutral',
    annotations: [
      { path: 'README.md', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'x' },
    ],
  })
  createDeliverer({ state, url: `${standIn.url}/nowhere`, secret: 's', hookId: 7, appId: 4242 })
  Object.assign(ids, {
    username: 'bob',
    ref: 'main',
    base: 'main',
    head: 'bob:topic',
    branch: 'main',
    path: 'README.md',
    commit_sha: change.sha,
    check_run_id: String(check.id),
    issue_number: String(issue.number),
    run_id: String(run.id),
    attempt_number: '1',
    workflow_id: String(workflow.id),
    environment_name: 'production',
    ruleset_id: String(ruleset.id),
    pull_number: String(pull.number),
    installation_id: String(scene.installation.id),
  })
}

const { operations } = gitHubValidator()
const reads = operations.filter(
  (one) => one.method === 'GET' && !one.template.includes('delivery_id'),
)

describe('every operation of the stand-in', () => {
  it('serves exactly the operations that the kept description describes', () => {
    expect([...routes.keys()].sort()).toEqual(operations.map((one) => one.id).sort())
  })

  it.each(reads.map((one) => [one.id, one] as const))(
    'answers %s as GitHub describes it',
    async (_, { template }) => {
      const special: Record<string, string> = template.includes('/git/')
        ? { ref: 'heads/main' }
        : {}
      const path = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
        const value = { ...ids, ...special }[name]
        if (value === undefined) throw new Error(`The scene has no ${name}.`)
        return encodeURIComponent(value)
      })
      const client =
        template.startsWith('/app') || template.endsWith('/installation')
          ? scene.app
          : scene.installed
      const answer = await client.request(`GET ${path}`)
      expect(scene.standIn.violations().map(describeViolation)).toEqual([])
      expect(answer.status).toBe(200)
    },
  )
})
