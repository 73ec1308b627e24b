// What normalising costs beside JSON.parse of the same bodies. After `npm run build`: node bench/normalise.mjs
// Bodies are GitHub's own examples, and two pushes built from one of them, of 20 and of 2,048 commits.
import { readFileSync } from 'node:fs'

import { normalise } from '../dist/sources/index.js'

const ROUNDS = 300
const EXAMPLES = '../node_modules/@octokit/webhooks-examples/api.github.com/index.json'

const examples = JSON.parse(readFileSync(new URL(EXAMPLES, import.meta.url), 'utf8'))
const bodies = [
  ...examples.flatMap(({ name, examples: all }) => all.map((payload) => [name, payload])),
  ['push of 20', pushOf(20)],
  ['push of 2048', pushOf(2048)],
].map(([name, payload]) => ({ name, event: name.split(' ')[0], text: JSON.stringify(payload) }))

function pushOf(commits) {
  const push = examples.find(({ name }) => name === 'push').examples[4]
  const files = {
    added: ['src/a.ts', '.github/workflows/a.yml'],
    modified: ['src/b.ts', 'README.md'],
  }
  return {
    ...push,
    commits: Array.from({ length: commits }, () => ({ ...push.commits[0], ...files })),
  }
}

function delivery(event, payload) {
  const [host, guid, kind] = ['github.com', 'bench', 'webhook']
  return {
    host,
    guid,
    event,
    kind,
    payload,
    body: new Uint8Array(),
    headers: {},
    receivedAt: 1.8e12,
  }
}

/** Both costs of each body in µs, interleaved so that both see the same machine. */
const costs = bodies.map(() => ({ parse: [], normalise: [] }))
for (let round = -50; round < ROUNDS; round++) {
  for (const [at, { event, text }] of bodies.entries()) {
    // Three hundred times the largest body would take most of the run.
    if (text.length > 1e6 && round % 10 !== 0) continue
    const start = performance.now()
    const payload = JSON.parse(text)
    const parsed = performance.now()
    normalise(delivery(event, payload))
    const done = performance.now()
    if (round < 0) continue
    costs[at].parse.push((parsed - start) * 1000)
    costs[at].normalise.push((done - parsed) * 1000)
  }
}

const quantile = (values, q) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) * q)]

function row(name, which) {
  const chosen = costs.filter((_, at) => which(bodies[at]))
  const parse = chosen.flatMap((cost) => cost.parse)
  const normal = chosen.flatMap((cost) => cost.normalise)
  const [parsed, median] = [quantile(parse, 0.5), quantile(normal, 0.5)]
  const cells = [parsed, median, quantile(normal, 0.99)].map((us) => us.toFixed(1).padStart(9))
  console.log(`${name.padEnd(32)}${cells.join('')}${(median / parsed).toFixed(2).padStart(9)}`)
  return median
}

console.log(`${'µs per delivery'.padEnd(32)}    parse   median      p99    ratio`)
for (const name of new Set(bodies.map((body) => body.name))) {
  if (process.argv.includes('--all') || /^(push|workflow_|branch_pro|installation)/.test(name)) {
    row(name, (body) => body.name === name)
  }
}
const median = row('all bodies', () => true)
if (median > 50) {
  console.error('above 50 µs in the median')
  process.exitCode = 1
}
