import type { Answer } from '../route.js'
import { fullName, type GitHubState, type Repository } from '../state.js'
import { html, joined, type Html } from './html.js'
import { pageAnswer } from './layout.js'

/** The way in: every repository. */
export function homePage(state: GitHubState): Answer {
  const items = [...state.repositories.values()].map(
    (one) =>
      html`<li>
        <a href="${`/${fullName(one)}`}">${fullName(one)}</a> · ${count(one.checkRuns, 'check run')}
        · ${count(one.issues, 'issue')}
      </li>`,
  )
  return pageAnswer(
    'Stand-in for GitHub',
    html`<h1>Repositories</h1>
      <ul>
        ${joined(items)}
      </ul>`,
  )
}

function count(things: ReadonlyMap<unknown, unknown>, noun: string): string {
  return `${String(things.size)} ${noun}${things.size === 1 ? '' : 's'}`
}

/** A repository's check runs and issues, newest first. */
export function repositoryPage(repository: Repository): Answer {
  const here = `/${fullName(repository)}`
  const checks = [...repository.checkRuns.values()]
    .reverse()
    .map(
      (one) =>
        html`<li>
          <a href="${`${here}/runs/${String(one.id)}`}">${one.output.title ?? one.name}</a> ·
          ${one.conclusion ?? one.status} · <code>${one.headSha.slice(0, 7)}</code>
        </li>`,
    )
  const issues = [...repository.issues.values()].reverse().map(
    (one) =>
      html`<li>
        <a href="${`${here}/issues/${String(one.number)}`}">#${String(one.number)} ${one.title}</a>
        · ${one.state}
      </li>`,
  )
  return pageAnswer(
    fullName(repository),
    html`<h1>${fullName(repository)}</h1>
      <p>${repository.description ?? ''}</p>
      <h2>Check runs</h2>
      ${listOf(checks)}
      <h2>Issues</h2>
      ${listOf(issues)}`,
  )
}

function listOf(items: readonly Html[]): Html {
  return items.length > 0
    ? html`<ul>
        ${joined(items)}
      </ul>`
    : html`<p>None.</p>`
}
