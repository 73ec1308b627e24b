import type { Answer, World } from '../route.js'
import { fullName, type CheckRun, type Repository } from '../state.js'
import { html, joined, type Html } from './html.js'
import { pageAnswer } from './layout.js'
import { renderMarkdown } from './markdown.js'

/** A check run as a developer sees it on the commit. */
export function checkRunPage(world: World, repository: Repository, id: number): Answer | undefined {
  const checkRun = repository.checkRuns.get(id)
  if (!checkRun) return undefined
  const { title, summary, text } = checkRun.output
  return pageAnswer(
    `${checkRun.name} · ${title ?? checkRun.status}`,
    html`${commitOf(repository, checkRun)}
      <div class="box">
        <header>${headOf(world, checkRun)}</header>
        <main>
          <h2>${title ?? ''}</h2>
          ${renderMarkdown(summary ?? '')} ${renderMarkdown(text ?? '')}
        </main>
        ${annotationsOf(checkRun)} ${buttonsOf(checkRun)}
      </div>`,
  )
}

function commitOf(repository: Repository, checkRun: CheckRun): Html {
  const commit = repository.commits.get(checkRun.headSha)
  return html`<p>
    <a href="${`/${fullName(repository)}`}">${fullName(repository)}</a> ·
    <strong>${firstLine(commit?.message)}</strong> <code>${checkRun.headSha.slice(0, 7)}</code>
  </p>`
}

function headOf(world: World, checkRun: CheckRun): Html {
  const state = checkRun.conclusion ?? checkRun.status
  const app = world.apps.get(checkRun.appId)?.name ?? 'an App'
  const at = (checkRun.completedAt ?? checkRun.startedAt)?.toISOString() ?? ''
  return html`<h1>${checkRun.name} <span class="${`state ${state}`}">${state}</span></h1>
    <span class="quiet">by ${app} · check run ${String(checkRun.id)} · ${at}</span>`
}

function firstLine(text = ''): string {
  return text.split('\n')[0] ?? ''
}

function annotationsOf(checkRun: CheckRun): Html {
  if (checkRun.annotations.length === 0) return html``
  const items = checkRun.annotations.map(
    (one) =>
      html`<li>
        <strong>${one.annotation_level}</strong>
        <code>${one.path}:${String(one.start_line)}</code> ${one.title ?? ''}<br />${one.message}
      </li>`,
  )
  return html`<section>
    <h2>Annotations</h2>
    <ul>
      ${joined(items)}
    </ul>
  </section>`
}

function buttonsOf(checkRun: CheckRun): Html {
  const labels = checkRun.actions.map(
    (action) => html` <span class="state">${action.label}</span> ${action.description}`,
  )
  return labels.length > 0 ? html`<section>Buttons:${joined(labels)}</section>` : html``
}
