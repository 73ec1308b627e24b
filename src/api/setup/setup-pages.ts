import { html } from 'hono/html'

import type { AppRegistration } from '../../platform/index.js'
import { page, type Markup } from '../page.js'
import type { CheckedAnswers } from './answers.js'
import type { RegistrationForm } from './registration-form.js'

/** Explains, asks for what is not known, and offers to register once it is. */
export function firstPage(answers: CheckedAnswers, form: RegistrationForm | undefined): Markup {
  return page(
    'Set up Hooktrail',
    html`<p>
        Hooktrail listens to GitHub as a GitHub App of your own. It is registered from here in one
        click: GitHub shows you its name and its permissions, you confirm, and its credentials are
        written to <code>.env</code>.
      </p>
      ${questions(answers)} ${form ? offer(answers, form) : ''}
      <p>Only to look around: <code>npm run demo</code> needs no App.</p>`,
  )
}

function questions({ organisation, publicUrl, problem }: CheckedAnswers): Markup {
  return html`<form method="get" action="/">
    <label for="organisation"
      >Organisation that the App shall belong to (empty: your own account)</label
    >
    <input id="organisation" name="organisation" value="${organisation}" autocomplete="off" />
    <label for="url">Public URL of this Hooktrail, to which GitHub delivers</label>
    <input
      id="url"
      name="url"
      type="url"
      value="${publicUrl}"
      placeholder="https://hooktrail.example.com"
    />
    ${problem === undefined ? '' : html`<p class="error" role="alert">${problem}</p>`}
    <button>Use these</button>
  </form>`
}

function offer({ organisation }: CheckedAnswers, { action, manifest }: RegistrationForm): Markup {
  const owner = organisation === '' ? 'your account' : organisation
  return html`<form method="post" action="${action}">
    <input type="hidden" name="manifest" value="${manifest}" />
    <button>Register the App for ${owner} on GitHub</button>
  </form>`
}

/** What comes after the App was registered and its credentials are saved. */
export function registeredPage({ name, htmlUrl, webhookSecret }: AppRegistration): Markup {
  return page(
    'The App is registered',
    html`<p>
        “${name}” exists, and its credentials are in <code>.env</code>, which only you can read. Two
        steps remain:
      </p>
      <ol>
        <li>Restart Hooktrail: stop it with Ctrl-C, then <code>npm start</code>.</li>
        <li>
          <a href="${htmlUrl}/installations/new">Install the App</a> on the repositories that it
          shall watch.
        </li>
      </ol>
      ${
        webhookSecret === undefined
          ? html`<p class="error">
              GitHub gave no webhook secret. Make one with <code>openssl rand -hex 32</code>, and
              put it on the App’s settings page and as <code>WEBHOOK_SECRET</code> into
              <code>.env</code>.
            </p>`
          : ''
      }`,
  )
}

/** Something failed; `message` says what and what to do. */
export function failedPage(message: string): Markup {
  return page(
    'The App is not set up',
    html`<p class="error" role="alert">${message}</p>
      <p><a href="/">Start again</a></p>`,
  )
}
