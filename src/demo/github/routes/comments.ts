import { z } from 'zod'
import { listAnswer } from '../pagination.js'
import { notFound } from '../refusal.js'
import { created, needs, ok, param, type Answer, type Call, type Route } from '../route.js'
import { addComment, type Issue, type IssueComment, type Repository } from '../state.js'
import { commentView } from '../views/issue.js'
import { appOf, checkBody, issueOf, issuesOf, writer } from './issues.js'

export const commentRoutes: readonly Route[] = [
  { id: 'issues/list-comments', access: needs('issues'), answer: list },
  { id: 'issues/create-comment', access: needs('issues', 'write'), answer: create },
  { id: 'issues/update-comment', access: needs('issues', 'write'), answer: update },
]

const bodySchema = z.object({ body: z.string() })

function list(call: Call): Answer {
  const repository = issuesOf(call)
  const issue = issueOf(call, repository)
  const since = call.query.get('since')
  const found = issue.comments.filter((one) => since === null || one.updatedAt >= new Date(since))
  return listAnswer(call, found, (comment) => viewOf(call, repository, issue, comment))
}

function create(call: Call): Answer {
  const repository = issuesOf(call)
  const issue = issueOf(call, repository)
  const { body } = bodySchema.parse(call.body)
  checkBody('IssueComment', body)
  const comment = addComment(call.world.state, issue, {
    body,
    user: writer(call),
    appId: call.world.mainAppId,
    at: call.world.now(),
  })
  return created(viewOf(call, repository, issue, comment))
}

function update(call: Call): Answer {
  const repository = issuesOf(call)
  const id = Number(param(call, 'comment_id'))
  for (const issue of repository.issues.values()) {
    const comment = issue.comments.find((one) => one.id === id)
    if (!comment) continue
    comment.body = bodySchema.parse(call.body).body
    comment.updatedAt = call.world.now()
    return ok(viewOf(call, repository, issue, comment))
  }
  throw notFound()
}

function viewOf(call: Call, repository: Repository, issue: Issue, comment: IssueComment): unknown {
  const app = appOf(call, comment.appId)
  return commentView(call.world.state, repository, issue, { comment, app })
}
