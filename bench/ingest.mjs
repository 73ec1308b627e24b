/**
 * What durability costs: signed push and workflow_run deliveries over HTTP against (a) Probot with an empty
 * handler and (b) Hooktrail, which stores each durably before it answers. Prints requests a second, the ratio
 * (b)/(a), and p50/p99 of the acknowledgement.
 *
 *   npm run build && node bench/ingest.mjs [--seconds 8] [--rounds 3] [--connections 32] [--profile]
 *     [--warmup 10000] [--most N] [--reactions 100]
 *
 * Beside the rates it prints the CPU time that a delivery takes of each party, and the ratio of (a)'s to that of (b) with its
 * PostgreSQL: other programs on the machine change that far less than rates. --warmup is the deliveries that each server is sent
 * before it is measured, --most ends a round after so many, --reactions 0 leaves out how long a check run takes.
 *
 * The rounds alternate, so that a machine that gets slower or faster does so for both. Load, server and PostgreSQL
 * share the machine's cores. Reactions (policies, check runs) run beside, as in life, against a GitHub that takes
 * 250 ms for an answer: how long those took that were posted during a round is printed too. --profile writes a CPU profile of
 * (b)'s process and prints where its time went.
 *
 * Both check the signature of the same bodies, and neither logs a delivery: Probot at `warn`, at which it is 12 % faster than at
 * its default; Hooktrail at `info`, at which it says no more than that it is ready.
 */
import { spawn } from 'node:child_process'
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'

import examples from '@octokit/webhooks-examples' with { type: 'json' }

const root = path.join(import.meta.dirname, '..')
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    warmup: { type: 'string', default: '10000' },
    most: { type: 'string', default: 'Infinity' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    reactions: { type: 'string', default: '100' },
    profile: { type: 'boolean', default: false },
  },
})
const SECONDS = Number(options.seconds)
const CONNECTIONS = Number(options.connections)
const SECRET = 'bench-secret-that-is-long-enough-0123456789'
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

/** Distinct deliveries that the load draws from, one after the other; each goes out under a GUID of its own. */
const DISTINCT = 40_000
const REPOSITORIES = 50
/** What GitHub takes to answer; reactions wait for it beside the load. */
const GITHUB_MS = 250

function exampleOf(event, action) {
  const { examples: all } = examples.find(({ name }) => name === event)
  return all.find((payload) => !action || payload.action === action)
}

/**
 * For each commit a push and the three events of a run, most of which succeed; commits come half a minute apart, in one of
 * many repositories. Ids, SHAs and times differ, as they do in life: reports look for what changed since the last success.
 */
function makeDeliveries() {
  return Array.from({ length: DISTINCT }, (_, index) => {
    const commit = Math.floor(index / EVENTS.length)
    const [event, action] = EVENTS[index % EVENTS.length]
    const delivery = sign(event, event === 'push' ? pushOf(commit) : runOf(commit, action))
    return { ...delivery, sha: shaOf('commit', commit) }
  })
}

function sign(event, payload) {
  const body = Buffer.from(JSON.stringify(payload))
  return { event, body, signature: createHmac('sha256', SECRET).update(body).digest('hex') }
}

const PUSH = exampleOf('push')
const RUN = exampleOf('workflow_run', 'completed')
const EVENTS = [
  ['push'],
  ['workflow_run', 'requested'],
  ['workflow_run', 'in_progress'],
  ['workflow_run', 'completed'],
]

function pushOf(commit) {
  const sha = shaOf('commit', commit)
  const { repository, time } = placeOf(commit, PUSH)
  const before = shaOf('commit', commit - REPOSITORIES)
  const commits = commitsUpTo(sha, time)
  const moved = { ref: 'refs/heads/main', before, after: sha, created: false, deleted: false }
  repository.pushed_at = time / 1000
  return {
    ...PUSH,
    ...moved,
    repository,
    installation: { id: 1 },
    commits,
    head_commit: commits.at(-1),
  }
}

function runOf(commit, action) {
  const { repository, time } = placeOf(commit, RUN)
  const started = new Date(time + 5000).toISOString()
  const run = {
    ...RUN.workflow_run,
    ...{ id: 1_000_000 + commit, run_number: commit, head_sha: shaOf('commit', commit) },
    ...{ status: action, conclusion: null, head_branch: 'main', event: 'push' },
    ...{ created_at: started, run_started_at: started, updated_at: started },
    ...{ repository, head_repository: repository },
  }
  if (action === 'completed') {
    run.conclusion = commit % 5 === 0 ? 'failure' : 'success'
    run.updated_at = new Date(time + 20_000).toISOString()
  }
  return { ...RUN, action, repository, workflow_run: run, installation: { id: 1 } }
}

function placeOf(commit, { repository }) {
  const number = commit % REPOSITORIES
  const full_name = `${repository.owner.login}/service-${number}`
  return {
    repository: { ...repository, id: 5000 + number, name: `service-${number}`, full_name },
    time: Date.UTC(2026, 0) + commit * 30_000,
  }
}

function shaOf(kind, number) {
  return createHmac('sha1', kind).update(String(number)).digest('hex')
}

/** Eight commits, which make a push of the size that organisations see: about 12 KB. */
function commitsUpTo(sha, time) {
  const who = { name: 'Mona Lisa', email: 'mona@example.com', username: 'mona' }
  return Array.from({ length: 8 }, (_, index) => ({
    id: shaOf(sha, index),
    tree_id: sha,
    distinct: true,
    message: `Mend the thing that broke in step ${index}\n\nIt took longer than it should have.`,
    timestamp: new Date(time - (8 - index) * 1000).toISOString(),
    url: `https://github.com/Codertocat/Hello-World/commit/${sha}`,
    author: who,
    committer: who,
    added: [`src/feature-${index}/index.ts`],
    removed: [],
    modified: [`src/feature-${index}/part-${sha.slice(0, 6)}.ts`, 'README.md'],
  }))
}

function encode({ event, body, signature }, guid) {
  const head =
    'POST /api/github/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
    `X-GitHub-Event: ${event}\r\nX-GitHub-Delivery: ${guid}\r\nX-Hub-Signature-256: sha256=${signature}\r\n` +
    `User-Agent: GitHub-Hookshot/bench\r\nContent-Length: ${body.length}\r\n\r\n`
  return [Buffer.from(head, 'latin1'), body]
}

/** One connection that sends the next delivery as soon as the last is answered, on a raw socket: light beside the server. */
function drive(port, next, until, latencies) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.setNoDelay(true)
    let sentAt = 0
    let answer = ''
    let refused = 0
    const send = () => {
      const now = performance.now()
      if (now >= until()) {
        socket.end()
        resolve(refused)
        return
      }
      const [head, body] = encode(next(), randomUUID())
      sentAt = performance.now()
      socket.cork()
      socket.write(head)
      socket.write(body)
      socket.uncork()
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? -1)
      const isChunked = /transfer-encoding: chunked/i.test(answer)
      const complete = isChunked ? answer.endsWith('0\r\n\r\n') : answer.length >= end + 4 + length
      if (!complete) return
      if (!answer.startsWith('HTTP/1.1 200')) refused += 1
      answer = ''
      latencies.push(performance.now() - sentAt)
      send()
    })
  })
}

/** Sends for some seconds, or until so many deliveries are sent. */
async function measure(server, deliveries, { seconds = Infinity, most = Infinity }) {
  let sent = 0
  server.next ??= 0
  server.firstSent ??= new Map()
  const next = () => {
    sent += 1
    const delivery = deliveries[server.next++ % DISTINCT]
    if (!server.firstSent.has(delivery.sha)) server.firstSent.set(delivery.sha, performance.now())
    return delivery
  }
  const latencies = []
  const start = performance.now()
  const until = () => (sent < most ? start + seconds * 1000 : 0)
  const drivers = Array.from({ length: CONNECTIONS }, () =>
    drive(server.port, next, until, latencies),
  )
  const refused = (await Promise.all(drivers)).reduce((sum, one) => sum + one, 0)
  const elapsed = (performance.now() - start) / 1000
  return { rate: latencies.length / elapsed, latencies, refused }
}

/** (a): Probot as its documentation starts it, with a handler that does nothing. */
const PROBOT = `
import { createServer } from 'node:http'
import { Probot, createNodeMiddleware } from 'probot'
const probot = new Probot({ appId: 1, privateKey: process.env.PRIVATE_KEY, secret: process.env.WEBHOOK_SECRET, logLevel: 'warn' })
const middleware = await createNodeMiddleware((app) => { app.onAny(async () => {}) }, { probot, webhooksPath: '/api/github/webhooks' })
const server = createServer(middleware).listen(0, '127.0.0.1', () => console.log('ready ' + server.address().port))
`

const children = new Set()

function start(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    let output = ''
    const onData = (chunk) => {
      output += chunk.toString()
      const port =
        /ready (\d+)/.exec(output)?.[1] ?? /"url":"http:\/\/[^"]*:(\d+)"/.exec(output)?.[1]
      if (port) resolve({ child, port: Number(port) })
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.on('exit', (code) => {
      children.delete(child)
      reject(new Error(`exited with ${code}: ${output.slice(-2000)}`))
    })
  })
}

async function stop({ child }) {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** A GitHub that answers what reactions ask, and notes when check runs come in. */
function startGitHub() {
  const posted = new Map()
  const github = { posted, answerAfterMs: 0 }
  const answerLater = (work) => {
    if (github.answerAfterMs === 0) work()
    else setTimeout(work, github.answerAfterMs)
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const isCheck = /\/check-runs/.test(request.url)
      if (isCheck && request.method !== 'GET') {
        const sha = body && JSON.parse(body).head_sha
        if (sha && !posted.has(sha)) posted.set(sha, performance.now())
      }
      const answer = /access_tokens/.test(request.url)
        ? {
            token: 'ghs_bench',
            expires_at: '2099-01-01T00:00:00Z',
            permissions: { checks: 'write' },
            repository_selection: 'all',
          }
        : request.method === 'GET'
          ? { total_count: 0, check_runs: [] }
          : { id: 1, html_url: 'http://127.0.0.1/check' }
      answerLater(() => {
        response.writeHead(request.method === 'POST' ? 201 : 200, {
          'content-type': 'application/json',
        })
        response.end(JSON.stringify(answer))
      })
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(Object.assign(github, { url: `http://127.0.0.1:${server.address().port}`, server })),
    )
  })
}

function percentile(values, share) {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

function line(name, { rate, latencies, refused, cpu }) {
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(1))
  const note = refused > 0 ? `  ${refused} NOT 200` : ''
  console.log(
    `${name.padEnd(28)} ${rate.toFixed(0).padStart(6)}/s   p50 ${p50.padStart(6)} ms   p99 ${p99.padStart(6)} ms${note}`,
  )
  const per = Object.entries(cpu).map(([part, time]) => `${part} ${time.toFixed(0)}`)
  console.log(`    CPU for a delivery, µs: ${per.join(', ')}`)
}

/** What GitHub was told meanwhile: it takes its time for each answer, and Hooktrail asks for a few at once. */
function postedLine({ firstSent }, { posted }) {
  const delays = [...posted].flatMap(([sha, at]) =>
    firstSent.has(sha) ? [at - firstSent.get(sha)] : [],
  )
  const [p50, p99] = [0.5, 0.99].map((share) => (percentile(delays, share) / 1000).toFixed(1))
  console.log(
    `    ${delays.length} check runs posted so far beside the load, first delivery of the commit to check run: p50 ${p50} s, p99 ${p99} s`,
  )
}

/** One delivery at a time, as fast as they are told of: how long until its check run is posted? */
async function measureReaction(port, deliveries, github, count = 100) {
  const runs = deliveries.filter(({ event }) => event === 'workflow_run')
  const times = []
  for (const [index, delivery] of runs
    .filter((_, index) => index % 3 === 2)
    .slice(0, count)
    .entries()) {
    const payload = JSON.parse(delivery.body.toString())
    const sha = shaOf('reaction', index)
    payload.workflow_run.head_sha = sha
    const body = Buffer.from(JSON.stringify(payload))
    const signature = createHmac('sha256', SECRET).update(body).digest('hex')
    const [head] = encode({ event: 'workflow_run', body, signature }, randomUUID())
    const startedAt = performance.now()
    const socket = connect({ port, host: '127.0.0.1' })
    socket.write(Buffer.concat([head, body]))
    while (!github.posted.has(sha) && performance.now() - startedAt < 10_000) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    socket.destroy()
    times.push((github.posted.get(sha) ?? Infinity) - startedAt)
  }
  return times
}

/** Where the time of (b)'s threads went: the part that each function ran itself, of the time that its thread was busy. */
function printProfiles(directory) {
  for (const file of readdirSync(directory)
    .filter((name) => name.endsWith('.cpuprofile'))
    .sort()) {
    const profile = JSON.parse(readFileSync(path.join(directory, file), 'utf8'))
    const byId = new Map(profile.nodes.map((node) => [node.id, node]))
    const self = new Map()
    profile.samples.forEach((id, index) => {
      const { functionName, url, lineNumber } = byId.get(id).callFrame
      if (functionName === '(idle)') return
      const place = `${functionName || '(anonymous)'} ${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`
      self.set(place, (self.get(place) ?? 0) + profile.timeDeltas[index])
    })
    const total = [...self.values()].reduce((sum, time) => sum + time, 0)
    console.log(`\nself time in (b), ${file}, ${(total / 1e6).toFixed(1)} s busy:`)
    for (const [place, time] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 40)) {
      console.log(`${((100 * time) / total).toFixed(1).padStart(5)} %  ${place}`)
    }
  }
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'hooktrail-bench-'))
// As root the server runs as another user, who must be able to enter.
chmodSync(dataDir, 0o755)
const github = await startGitHub()
const env = {
  APP_ID: '1',
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: SECRET,
  GITHUB_API_URL: github.url,
  HOOKTRAIL_DATA_DIR: path.join(dataDir, 'data'),
  HOOKTRAIL_CHECK_DELAY: '0',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_FORMAT: 'json',
  LOG_LEVEL: 'info',
}
try {
  const deliveries = makeDeliveries()
  const sizes = deliveries.map(({ body }) => body.length)
  console.log(
    `Node ${process.version}, ${os.cpus().length} cores, ${CONNECTIONS} connections, bodies of ${(sizes.reduce((a, b) => a + b) / sizes.length / 1000).toFixed(1)} KB, ${options.rounds} rounds of ${SECONDS} s each\n`,
  )
  const profileDir = path.join(dataDir, 'profile')
  const profile = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : []
  const b = await start([...profile, 'dist/main.js'], env)
  const rates = { a: [], b: [] }
  const cpu = { a: [], b: [] }
  const a = await start(['--input-type=module', '-e', PROBOT], env)
  console.log(`resident memory of (b), idle: ${((await memory(b)).rss / 2 ** 20).toFixed(0)} MB`)
  if (Number(options.reactions) > 0) {
    const reaction = await measureReaction(b.port, deliveries, github, Number(options.reactions))
    console.log(
      `delivery to posted check run, one at a time, no coalescing delay: p50 ${percentile(reaction, 0.5).toFixed(0)} ms, p99 ${percentile(reaction, 0.99).toFixed(0)} ms`,
    )
  }
  console.log()
  github.answerAfterMs = GITHUB_MS
  // As many to each: compilers count calls, not seconds.
  for (const server of [a, b]) await measure(server, deliveries, { most: Number(options.warmup) })
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // What (b) still works off must not slow (a).
    b.child.kill('SIGSTOP')
    const first = await measureWithCpu(a, deliveries)
    b.child.kill('SIGCONT')
    line('(a) Probot, empty handler', first)
    const second = await measureWithCpu(b, deliveries)
    line('(b) Hooktrail, durable', second)
    postedLine(b, github)
    rates.a.push(first.rate)
    rates.b.push(second.rate)
    cpu.a.push(first.cpu.node)
    cpu.b.push(second.cpu.node + second.cpu.postgres)
    console.log(`    ratio ${(second.rate / first.rate).toFixed(2)}`)
  }
  console.log(
    `\nratio (b)/(a), median of rounds: ${(percentile(rates.b, 0.5) / percentile(rates.a, 0.5)).toFixed(2)}`,
  )
  console.log(
    `ratio of CPU time (a)/(b with PostgreSQL), median: ${(percentile(cpu.a, 0.5) / percentile(cpu.b, 0.5)).toFixed(2)}`,
  )
  await stop(a)
  const { rss } = await memory(b)
  console.log(`resident memory of (b) after the load: ${(rss / 2 ** 20).toFixed(0)} MB`)
  await stop(b)
  if (options.profile) printProfiles(profileDir)
} finally {
  for (const child of children) child.kill('SIGKILL')
  github.server.close()
  github.server.closeAllConnections()
  rmSync(dataDir, { recursive: true, force: true })
}

/** A round, and the CPU time that a delivery took of each party: other programs on the machine do not change that much. */
async function measureWithCpu(server, deliveries) {
  const before = cpuTimes(server)
  const round = await measure(server, deliveries, {
    seconds: SECONDS,
    most: Number(options.most),
  })
  const after = cpuTimes(server)
  const cpu = Object.keys(before).map((part) => [
    part,
    (after[part] - before[part]) / round.latencies.length,
  ])
  return { ...round, cpu: Object.fromEntries(cpu) }
}

/** CPU time used so far, in µs, by the load (this process), by a server, and by PostgreSQL. */
function cpuTimes({ child }) {
  const postmaster = Number(
    readFileSync(path.join(dataDir, 'data/postgres/postmaster.pid'), 'utf8').split('\n', 1)[0],
  )
  const times = { load: cpuOf(process.pid), node: cpuOf(child.pid), postgres: 0 }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid)
    if (Number(pid) === postmaster || stat?.parent === postmaster) times.postgres += stat?.cpu ?? 0
  }
  return times
}

function cpuOf(pid) {
  return statOf(pid)?.cpu ?? 0
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html a tick is 10 ms */
function statOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return { parent: Number(fields[1]), cpu: (Number(fields[11]) + Number(fields[12])) * 10_000 }
  } catch {
    return undefined
  }
}

async function memory({ child }) {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return { rss: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024 }
}
