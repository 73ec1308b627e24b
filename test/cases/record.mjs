// Writes test/cases/*/entries.json: what the normalisers make of the deliveries beside it, with `git diff` as the
// review. After `npm run build`: node test/cases/record.mjs [case …]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

import { normalise } from '../../dist/sources/index.js'

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)
const chosen = process.argv.slice(2)

for (const { name } of cases) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const folder = new URL(`${name}/`, import.meta.url)
  const deliveries = JSON.parse(readFileSync(new URL('deliveries.json', folder), 'utf8'))
  const entries = deliveries.flatMap(({ guid, event, receivedAt, payload }) =>
    normalise({
      host: 'github.com',
      guid,
      event,
      kind: 'webhook',
      payload,
      body: new Uint8Array(),
      headers: {},
      receivedAt: Date.parse(receivedAt),
    }),
  )
  writeFileSync(new URL('entries.json', folder), `${JSON.stringify(entries, null, 2)}\n`)
  console.log(`${name}: ${deliveries.length} deliveries, ${entries.length} entries`)
}
