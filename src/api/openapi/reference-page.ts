import { html } from 'hono/html'
import type { z } from 'zod'

import { OPERATIONS, type Operation } from '../operations/index.js'
import { page, type Markup } from '../page.js'
import { PROBLEMS } from '../problem-codes.js'
import { errorsOf } from './describe-operation.js'
import { jsonSchema } from './json-schema.js'

type Described = ReturnType<typeof jsonSchema>

/** The table of operations for people. */
export function referencePage(version: string): Markup {
  return page(
    'The API of Hooktrail',
    html`<p>
        Version ${version}. For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. Send a
        token as <code>Authorization: Bearer …</code>; errors are
        <code>application/problem+json</code> with a stable code.
      </p>
      <ul>
        ${OPERATIONS.map(
          ({ id, path, summary }) =>
            html`<li>
              <a href="#${id}"><code>GET /api/v1${path}</code></a
              >: ${summary}
            </li>`,
        )}
      </ul>
      ${OPERATIONS.map(section)}`,
  )
}

function section(one: Operation): Markup {
  return html`<h2 id="${one.id}">${one.summary}</h2>
    <p><code>GET /api/v1${one.path}</code></p>
    <p>${one.description} Needs the scope <code>${one.scope}</code>.</p>
    ${parameterTable(one)}
    <p>
      Errors:
      ${errorsOf(one).map(
        (code, index) =>
          html`${index > 0 ? ', ' : ''}<code>${code}</code> (${PROBLEMS[code].status})`,
      )}
    </p>`
}

function parameterTable({ parameters, path }: Operation): Markup | string {
  const rows = Object.entries<z.ZodType>(parameters.shape).map(
    ([name, schema]) => [name, jsonSchema(schema)] as const,
  )
  if (rows.length === 0) return ''
  return html`<table>
    <tr>
      <th>Parameter</th>
      <th>Meaning</th>
      <th>Form</th>
    </tr>
    ${rows.map(
      ([name, described]) =>
        html`<tr>
          <td><code>${name}</code>${path.includes(`{${name}}`) ? ' (path)' : ''}</td>
          <td>${described.description ?? ''}</td>
          <td>${form(described)}</td>
        </tr>`,
    )}
  </table>`
}

/** `integer; 1 to 1000; default 50` */
function form({ type, enum: choices, minimum, maximum, default: usual }: Described): string {
  const parts = [
    choices ? choices.join(', ') : String(type),
    ...(minimum === undefined ? [] : [`${String(minimum)} to ${String(maximum)}`]),
    ...(usual === undefined || usual === '' ? [] : [`default ${JSON.stringify(usual)}`]),
  ]
  return parts.join('; ')
}
