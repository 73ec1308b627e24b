import { countedAnswer } from '../pagination.js'
import { notFound } from '../refusal.js'
import { needs, ok, param, repositoryOf, type Answer, type Call, type Route } from '../route.js'
import {
  latestAttempt,
  type Job,
  type Repository,
  type RunAttempt,
  type WorkflowRun,
} from '../state.js'
import { isWithinTimes } from './time-range.js'
import { accountView } from '../views/account.js'
import { artifactView, jobView, runView, workflowView } from '../views/run.js'
import { environmentView } from '../views/settings.js'

export const actionsRoutes: readonly Route[] = [
  { id: 'actions/list-repo-workflows', access: needs('actions'), answer: workflows },
  { id: 'actions/get-workflow', access: needs('actions'), answer: workflow },
  { id: 'actions/list-workflow-runs-for-repo', access: needs('actions'), answer: runs },
  { id: 'actions/get-workflow-run', access: needs('actions'), answer: getWorkflowRun },
  {
    id: 'actions/get-workflow-run-attempt',
    access: needs('actions'),
    answer: getWorkflowRunAttempt,
  },
  {
    id: 'actions/list-jobs-for-workflow-run-attempt',
    access: needs('actions'),
    answer: listJobsForWorkflowRunAttempt,
  },
  {
    id: 'actions/list-jobs-for-workflow-run',
    access: needs('actions'),
    answer: listJobsForWorkflowRun,
  },
  { id: 'actions/list-workflow-run-artifacts', access: needs('actions'), answer: artifacts },
  { id: 'actions/get-reviews-for-run', access: needs('actions'), answer: reviews },
]

function getWorkflowRun(call: Call): Answer {
  const { repository, run } = runOf(call)
  return ok(runView(call.world.state, repository, run))
}

function getWorkflowRunAttempt(call: Call): Answer {
  const { repository, run } = runOf(call)
  return ok(runView(call.world.state, repository, run, attemptOf(call, run)))
}

function listJobsForWorkflowRunAttempt(call: Call): Answer {
  return jobs(call, attemptOf(call, runOf(call).run).jobs)
}

function listJobsForWorkflowRun(call: Call): Answer {
  const { run } = runOf(call)
  const all = call.query.get('filter') === 'all'
  const attempts = all ? run.attempts : [latestAttempt(run)]
  return jobs(
    call,
    attempts.flatMap((attempt) => attempt.jobs),
  )
}

function workflows(call: Call): Answer {
  const repository = repositoryOf(call)
  const { state } = call.world
  const all = [...repository.workflows.values()]
  return countedAnswer(call, 'workflows', all, (one) => workflowView(state, repository, one))
}

function workflow(call: Call): Answer {
  const repository = repositoryOf(call)
  const wanted = param(call, 'workflow_id')
  const found = [...repository.workflows.values()].find(
    (one) => String(one.id) === wanted || one.path.endsWith(`/${wanted}`),
  )
  if (!found) throw notFound()
  return ok(workflowView(call.world.state, repository, found))
}

function runs(call: Call): Answer {
  const repository = repositoryOf(call)
  const { state } = call.world
  const found = [...repository.runs.values()].filter((run) => isWanted(call, run))
  found.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
  return countedAnswer(call, 'workflow_runs', found, (run) => runView(state, repository, run))
}

function isWanted({ query }: Call, run: WorkflowRun): boolean {
  const { status, conclusion } = latestAttempt(run)
  const asked = (name: string, values: readonly (string | null)[]): boolean => {
    const wanted = query.get(name)
    return wanted === null || values.includes(wanted)
  }
  return (
    asked('actor', [run.actor.login]) &&
    asked('branch', [run.headBranch]) &&
    asked('event', [run.event]) &&
    asked('head_sha', [run.headSha]) &&
    asked('check_suite_id', [String(run.checkSuiteId)]) &&
    asked('status', [status, conclusion]) &&
    isWithinTimes(query.get('created'), run.createdAt)
  )
}

function runOf(call: Call): { readonly repository: Repository; readonly run: WorkflowRun } {
  const repository = repositoryOf(call)
  const run = repository.runs.get(Number(param(call, 'run_id')))
  if (!run) throw notFound()
  return { repository, run }
}

function attemptOf(call: Call, run: WorkflowRun): RunAttempt {
  const attempt = run.attempts[Number(param(call, 'attempt_number')) - 1]
  if (!attempt) throw notFound()
  return attempt
}

function jobs(call: Call, all: readonly Job[]): Answer {
  const { repository, run } = runOf(call)
  const { state } = call.world
  return countedAnswer(call, 'jobs', all, (job) => jobView(state, repository, run, job))
}

function artifacts(call: Call): Answer {
  const { repository, run } = runOf(call)
  const { state } = call.world
  const now = call.world.now()
  const name = call.query.get('name')
  const found = run.artifacts.filter((one) => name === null || one.name === name)
  return countedAnswer(call, 'artifacts', found, (artifact) =>
    artifactView(state, repository, run, { artifact, now }),
  )
}

function reviews(call: Call): Answer {
  const { repository, run } = runOf(call)
  const { state } = call.world
  return ok(
    run.approvals.map((approval) => ({
      state: approval.state,
      comment: approval.comment,
      user: accountView(state, approval.user),
      environments: approval.environments.flatMap((name) => {
        const environment = repository.environments.get(name)
        return environment ? [environmentView(state, repository, environment)] : []
      }),
    })),
  )
}
