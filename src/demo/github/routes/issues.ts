import { z } from 'zod'
import { botOf, type App } from '../app.js'
import { listAnswer } from '../pagination.js'
import { invalid, notFound, Refusal } from '../refusal.js'
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
  addIssue,
  findAccount,
  updateIssue,
  type Account,
  type Issue,
  type IssueChange,
  type Repository,
} from '../state.js'
import { issueView } from '../views/issue.js'

/** What GitHub takes in a body. */
const MAX_BODY = 65_536

export const issueRoutes: readonly Route[] = [
  { id: 'issues/create', access: needs('issues', 'write'), answer: create },
  { id: 'issues/list-for-repo', access: needs('issues'), answer: list },
  { id: 'issues/get', access: needs('issues'), answer: get },
  { id: 'issues/update', access: needs('issues', 'write'), answer: update },
]

function get(call: Call): Answer {
  const repository = issuesOf(call)
  return ok(viewOf(call, repository, issueOf(call, repository)))
}

const changeSchema = z.object({
  title: z.coerce.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
  assignees: z.array(z.string()).optional(),
})

const newSchema = changeSchema.extend({ title: z.coerce.string() })

function create(call: Call): Answer {
  const repository = issuesOf(call)
  const wanted = newSchema.parse(call.body)
  checkBody('Issue', wanted.body)
  const issue = addIssue(call.world.state, repository, {
    title: wanted.title,
    body: wanted.body ?? null,
    user: writer(call),
    appId: call.world.mainAppId,
    labels: labelNames(wanted.labels ?? []),
    assignees: accounts(call, wanted.assignees ?? []),
    at: call.world.now(),
  })
  return created(viewOf(call, repository, issue))
}

/** Issues and comments are written in the name of the App's bot. */
export function writer(call: Call): Account {
  const app = call.world.apps.get(call.world.mainAppId)
  if (!app) throw new Refusal('unauthorized', 'Bad credentials')
  return botOf(app)
}

export function checkBody(resource: string, body: string | null | undefined): void {
  if ((body ?? '').length <= MAX_BODY) return
  const message = `body is too long (maximum is ${String(MAX_BODY)} characters)`
  throw invalid('Validation Failed', [{ resource, code: 'custom', field: 'body', message }])
}

function labelNames(labels: readonly (string | { name: string })[]): string[] {
  return [...new Set(labels.map((label) => (typeof label === 'string' ? label : label.name)))]
}

function accounts(call: Call, logins: readonly string[]): Account[] {
  const found: Account[] = []
  for (const login of logins) {
    const account = findAccount(call.world.state, login)
    if (!account) {
      const error = { resource: 'Issue', field: 'assignees', code: 'invalid', value: login }
      throw invalid('Validation Failed', [error])
    }
    found.push(account)
  }
  return found
}

function update(call: Call): Answer {
  const repository = issuesOf(call)
  const issue = issueOf(call, repository)
  const wanted = changeSchema.parse(call.body ?? {})
  checkBody('Issue', wanted.body)
  updateIssue(issue, changeOf(call, wanted), call.world.now())
  return ok(viewOf(call, repository, issue))
}

function changeOf(call: Call, wanted: z.infer<typeof changeSchema>): IssueChange {
  return {
    ...(wanted.title !== undefined && { title: wanted.title }),
    ...(wanted.body !== undefined && { body: wanted.body }),
    ...(wanted.state && { state: wanted.state }),
    ...(wanted.state_reason !== undefined && { stateReason: wanted.state_reason }),
    ...(wanted.labels && { labels: labelNames(wanted.labels) }),
    ...(wanted.assignees && { assignees: accounts(call, wanted.assignees) }),
  }
}

function list(call: Call): Answer {
  const repository = issuesOf(call)
  const found = [...repository.issues.values()].filter((issue) => isWanted(call, issue))
  found.sort((a, b) => b.number - a.number)
  if (call.query.get('direction') === 'asc') found.reverse()
  return listAnswer(call, found, (issue) => viewOf(call, repository, issue))
}

function isWanted({ query }: Call, issue: Issue): boolean {
  const state = query.get('state') ?? 'open'
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '')
  const since = query.get('since')
  return (
    (state === 'all' || issue.state === state) &&
    labels.every((label) => issue.labels.includes(label)) &&
    isLogin(query.get('creator'), issue.user) &&
    (since === null || issue.updatedAt >= new Date(since))
  )
}

function isLogin(wanted: string | null, account: Account): boolean {
  // Bots are asked for as `app/slug` too.
  const plain = wanted?.replace(/^app\/(.+)$/, '$1[bot]')
  return plain === undefined || plain.toLowerCase() === account.login.toLowerCase()
}

/** @throws Refusal `gone` where issues are switched off */
export function issuesOf(call: Call): Repository {
  const repository = repositoryOf(call)
  if (!repository.hasIssues) {
    throw new Refusal('gone', 'Issues has been disabled in this repository.')
  }
  return repository
}

export function issueOf(call: Call, repository: Repository): Issue {
  const issue = repository.issues.get(Number(param(call, 'issue_number')))
  if (!issue) throw notFound()
  return issue
}

function viewOf(call: Call, repository: Repository, issue: Issue): unknown {
  return issueView(call.world.state, repository, issue, appOf(call, issue.appId))
}

export function appOf(call: Call, id: number | null): App | undefined {
  return id === null ? undefined : call.world.apps.get(id)
}
