import type { Answer } from '../route.js'
import { fullName, type Issue, type Repository } from '../state.js'
import { html, joined, type Html } from './html.js'
import { pageAnswer } from './layout.js'
import { renderMarkdown } from './markdown.js'

export function issuePage(repository: Repository, number: number): Answer | undefined {
  const issue = repository.issues.get(number)
  if (!issue) return undefined
  const labels = issue.labels.map((label) => html` <span class="state">${label}</span>`)
  return pageAnswer(
    `${issue.title} · #${String(number)}`,
    html`<p><a href="${`/${fullName(repository)}`}">${fullName(repository)}</a></p>
      <h1>${issue.title} <span class="state">${issue.state}</span></h1>
      <p class="quiet">
        #${String(number)} by ${issue.user.login} at
        ${issue.createdAt.toISOString()}${joined(labels)}
      </p>
      <div class="box"><main>${renderMarkdown(issue.body ?? '')}</main></div>
      ${commentsOf(issue)}`,
  )
}

function commentsOf(issue: Issue): Html {
  const comments = issue.comments.map(
    (one) =>
      html`<article id="${`issuecomment-${String(one.id)}`}">
        <h3>${one.user.login} at ${one.createdAt.toISOString()}</h3>
        ${renderMarkdown(one.body)}
      </article>`,
  )
  return joined(comments)
}
