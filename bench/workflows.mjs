// What the semantic difference of two workflow files costs beside parsing both with `yaml` alone. After `npm run build`:
// node bench/workflows.mjs. Files are the demo's pair and those that packages in node_modules brought along, each against
// itself with one line more; times in ms, interleaved so that both see the same machine.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

import { parseDocument } from 'yaml'

import { pipelineDifference, readPipelineFile } from '../dist/core/workflows/index.js'

const ROUNDS = 40
const MODULES = new URL('../node_modules/', import.meta.url)
const TEMPLATES = new URL('../src/demo/story/templates/workflows/', import.meta.url)

const read = (url) => readFileSync(url, 'utf8')
const pairs = [
  ['demo', read(new URL('ci.yml', TEMPLATES)), read(new URL('ci-tampered.yml', TEMPLATES))],
  ...shipped().map(([name, text]) => [name, text, `${text}\nx-added: 1\n`]),
]

function shipped() {
  const packages = readdirSync(MODULES).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(new URL(name, MODULES)).map((one) => `${name}/${one}`)
      : [name],
  )
  return packages.flatMap((name) => {
    const folder = new URL(`${name}/.github/workflows/`, MODULES)
    if (!existsSync(folder)) return []
    return readdirSync(folder).map((file) => [`${name}/${file}`, read(new URL(file, folder))])
  })
}

const times = { yaml: [], difference: [] }
for (let round = -20; round < ROUNDS; round++) {
  for (const [, before, after] of pairs) {
    const start = performance.now()
    parseDocument(before)
    parseDocument(after)
    const parsed = performance.now()
    pipelineDifference(readPipelineFile(before), readPipelineFile(after))
    const done = performance.now()
    if (round < 0) continue
    times.yaml.push(parsed - start)
    times.difference.push(done - parsed)
  }
}

const quantile = (values, q) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) * q)]
const row = (values) => [0.5, 0.99].map((q) => quantile(values, q).toFixed(2)).join(' / ')
const [yaml, difference] = [times.yaml, times.difference].map((values) => quantile(values, 0.5))
console.log(`${pairs.length} pairs, median / p99 in ms`)
console.log(`both files with yaml alone          ${row(times.yaml)}`)
console.log(`facts of both and their difference  ${row(times.difference)}`)
console.log(`ratio of the medians                ${(difference / yaml).toFixed(2)}`)
console.log('refused, in ms:')
const anchors = 'abcdefgh'
  .split('')
  .map((name, at, all) => `${name}: &${name} [${Array(9).fill(at ? `*${all[at - 1]}` : 'x')}]`)
for (const [name, text] of [
  ['alias bomb', anchors.join('\n')],
  ['1 MB', 'a: b\n'.repeat(220_000)],
]) {
  const costs = Array.from({ length: 20 }, () => {
    const start = performance.now()
    readPipelineFile(text)
    return performance.now() - start
  })
  console.log(`  ${name.padEnd(12)} ${row(costs)}`)
}
