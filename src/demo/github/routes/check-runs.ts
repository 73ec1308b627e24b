import { z } from 'zod'
import type { App } from '../app.js'
import { countedAnswer, listAnswer } from '../pagination.js'
import { invalid, notFound } from '../refusal.js'
import {
  created,
  needs,
  ok,
  param,
  repositoryOf,
  type Answer,
  type Call,
  type Route,
} from '../route.js'
import {
  addCheckRun,
  resolveCommit,
  updateCheckRun,
  type CheckOutput,
  type CheckRun,
  type CheckRunChange,
  type Repository,
} from '../state.js'
import { annotationView, checkRunView } from '../views/check-run.js'

export const checkRunRoutes: readonly Route[] = [
  { id: 'checks/create', access: needs('checks', 'write'), answer: create },
  { id: 'checks/update', access: needs('checks', 'write'), answer: update },
  { id: 'checks/get', access: needs('checks'), answer: get },
  { id: 'checks/list-annotations', access: needs('checks'), answer: annotations },
  { id: 'checks/list-for-ref', access: needs('checks'), answer: listForRef },
]

function get(call: Call): Answer {
  const repository = repositoryOf(call)
  return ok(viewOf(call, repository, checkRunOf(call, repository)))
}

const annotationSchema = z.object({
  path: z.string(),
  start_line: z.number(),
  end_line: z.number(),
  start_column: z.number().optional(),
  end_column: z.number().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
})

const outputSchema = z.object({
  title: z.string().optional(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(annotationSchema).optional(),
})

const changeSchema = z.object({
  name: z.string().optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z
    .enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'])
    .optional(),
  started_at: z.coerce.date().optional(),
  completed_at: z.coerce.date().optional(),
  output: outputSchema.optional(),
  actions: z
    .array(z.object({ label: z.string(), description: z.string(), identifier: z.string() }))
    .optional(),
})

const newSchema = changeSchema.extend({ name: z.string(), head_sha: z.string() })

function create(call: Call): Answer {
  const repository = repositoryOf(call)
  const wanted = newSchema.parse(call.body)
  if (!repository.commits.has(wanted.head_sha)) {
    throw invalid(`No commit found for SHA: ${wanted.head_sha}`)
  }
  const { state } = call.world
  const checkRun = addCheckRun(state, repository, {
    startedAt: call.world.now(),
    ...changeOf(call, wanted),
    name: wanted.name,
    headSha: wanted.head_sha,
    appId: call.world.mainAppId,
  })
  return created(viewOf(call, repository, checkRun))
}

function update(call: Call): Answer {
  const repository = repositoryOf(call)
  const checkRun = checkRunOf(call, repository)
  if (checkRun.appId !== call.world.mainAppId) {
    throw invalid(
      'Invalid app_id `' +
        String(call.world.mainAppId) +
        '` - check run can only be modified by the GitHub App that created it.',
    )
  }
  updateCheckRun(checkRun, changeOf(call, changeSchema.parse(call.body)))
  return ok(viewOf(call, repository, checkRun))
}

/** Only what was sent changes. */
function changeOf(call: Call, wanted: z.infer<typeof changeSchema>): CheckRunChange {
  return given({
    name: wanted.name,
    externalId: wanted.external_id,
    detailsUrl: wanted.details_url,
    startedAt: wanted.started_at,
    output: wanted.output && outputOf(wanted.output),
    annotations: wanted.output?.annotations,
    actions: wanted.actions,
    ...progressOf(wanted, call.world.now()),
  })
}

/** A conclusion completes the run, completing needs a conclusion, and a run that starts again has none. */
function progressOf(wanted: z.infer<typeof changeSchema>, now: Date): CheckRunChange {
  const status = wanted.conclusion ? 'completed' : wanted.status
  if (!status) return {}
  if (status !== 'completed') return { status, conclusion: null, completedAt: null }
  if (!wanted.conclusion) throw invalid('Invalid request.\n\n"conclusion" wasn\'t supplied.')
  return { status, conclusion: wanted.conclusion, completedAt: wanted.completed_at ?? now }
}

function outputOf({ title, summary, text }: z.infer<typeof outputSchema>): CheckOutput {
  return { title: title ?? null, summary, text: text ?? null }
}

function given(change: { [Key in keyof CheckRunChange]: CheckRunChange[Key] | undefined }) {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) satisfies CheckRunChange
}

function annotations(call: Call): Answer {
  const repository = repositoryOf(call)
  const checkRun = checkRunOf(call, repository)
  const { state } = call.world
  return listAnswer(call, checkRun.annotations, (one) =>
    annotationView(state, repository, checkRun, one),
  )
}

function listForRef(call: Call): Answer {
  const repository = repositoryOf(call)
  const commit = resolveCommit(repository, param(call, 'ref'))
  if (!commit) throw invalid(`No commit found for SHA: ${param(call, 'ref')}`)
  const all = [...repository.checkRuns.values()].filter((one) => one.headSha === commit.sha)
  const found = all.filter((one) => isWanted(call, one)).reverse()
  const shown = call.query.get('filter') === 'all' ? found : latestOfEach(found)
  return countedAnswer(call, 'check_runs', shown, (one) => viewOf(call, repository, one))
}

function isWanted({ query }: Call, checkRun: CheckRun): boolean {
  const facts = {
    check_name: checkRun.name,
    app_id: String(checkRun.appId),
    status: checkRun.status,
  }
  return Object.entries(facts).every(([name, value]) => (query.get(name) ?? value) === value)
}

/** @param found newest first */
function latestOfEach(found: readonly CheckRun[]): CheckRun[] {
  const latest = new Map<string, CheckRun>()
  for (const one of found) {
    const key = `${String(one.appId)} ${one.name}`
    if (!latest.has(key)) latest.set(key, one)
  }
  return [...latest.values()]
}

function checkRunOf(call: Call, repository: Repository): CheckRun {
  const found = repository.checkRuns.get(Number(param(call, 'check_run_id')))
  if (!found) throw notFound()
  return found
}

function viewOf(call: Call, repository: Repository, checkRun: CheckRun): unknown {
  const app: App | undefined = call.world.apps.get(checkRun.appId)
  return checkRunView(call.world.state, repository, checkRun, app)
}
