/**
 * Entries as an organisation makes them: skewed (a few repositories, people and branches do most), in working hours,
 * in bursts, some late. The same seed gives the same entries. Shapes and sizes are those that the normalisers write.
 */
import { createHash } from 'node:crypto'

import { personal } from '../../dist/core/domain/index.js'

const HOST = 'github.com'
const DAY = 86_400_000
/** The first entry's day, and how many days the log spans, however many entries it has. */
const FIRST_DAY = Date.UTC(2025, 9, 1)
const DAYS = 400

const WORDS =
  'fix add remove update bump cache retry login cart checkout payment invoice search index queue worker token rotate secret deploy rollback flaky test lint types docs readme config parser lexer cursor page button modal header footer api client server proxy gateway limit timeout metrics trace log audit policy rule branch merge revert release version schema migration table column query plan pool socket stream buffer chunk encode decode verify proof witness'.split(
    ' ',
  )
const STEPS = ['Set up job', 'Checkout', 'Set up Node', 'npm ci', 'Lint', 'Test', 'Complete job']
const ENVIRONMENTS = ['production', 'staging', 'preview', 'canary']
const WORKFLOWS = [
  ['CI', '.github/workflows/ci.yml', ['lint', 'test (20)', 'test (22)']],
  ['Deploy', '.github/workflows/deploy.yml', ['build', 'deploy']],
  ['Nightly', '.github/workflows/nightly.yml', ['end-to-end', 'bench']],
  ['CodeQL', '.github/workflows/codeql.yml', ['analyze (javascript)']],
  ['Release', '.github/workflows/release.yml', ['build', 'sign', 'publish']],
]

/** @see https://en.wikipedia.org/wiki/Xorshift */
export function randomFrom(seed) {
  let state = seed | 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const below = (count) => Math.floor(next() * count)
  return {
    next,
    below,
    of: (list) => list[below(list.length)],
    /** Small numbers far more often than large ones, as Zipf found. */
    skewed: (count) => Math.floor(count ** next()) - 1,
  }
}

export function makeWorld(random) {
  const orgs = ['acme', 'acme-labs', 'globex', 'initech', 'umbrella', 'hooli'].map((name, id) => ({
    host: HOST,
    id: 9000 + id,
    name,
  }))
  const repos = Array.from({ length: 400 }, (_, id) => {
    const account = orgs[random.skewed(orgs.length)]
    const name = `${account.name}/${WORDS[id % WORDS.length]}-${WORDS[(id * 7 + 3) % WORDS.length]}${id < 60 ? '' : `-${id}`}`
    return { account, repo: { host: HOST, id: 100_000 + id, name } }
  })
  const people = Array.from({ length: 700 }, (_, id) => ({
    type: 'user',
    id: 1_000_000 + id,
    login: `${WORDS[(id * 13 + 5) % WORDS.length]}${WORDS[(id * 29 + 11) % WORDS.length]}${id}`,
  }))
  const bots = ['dependabot[bot]', 'renovate[bot]', 'github-actions[bot]', 'release-bot[bot]'].map(
    (login, id) => ({ type: 'bot', id: 2000 + id, login }),
  )
  return { orgs, repos, people, bots }
}

/** Endless stories, in the order in which they begin: each a list of drafts, in the order in which they happen. */
export function* stories(random, { repos, people, bots }, count) {
  let run = 9_000_000_000
  let made = 0
  for (let number = 0; made < count; number += 1) {
    const place = repos[random.skewed(repos.length)]
    const isBot = random.next() < 0.22
    const actor = isBot ? bots[random.skewed(bots.length)] : people[random.skewed(people.length)]
    const at = momentOf(random, made / count, isBot)
    const kind = random.next()
    run += 1 + random.below(1000)
    const scene = { ...place, actor, at, run, random, people, number }
    const drafts = kind < 0.8 ? building(scene) : kind < 0.96 ? talking(scene) : settling(scene)
    made += drafts.length
    yield drafts
  }
}

/** Where in the log's time a share of it lies: people work by day, robots at any time; three days are ten times as busy. */
function momentOf(random, share, isBot) {
  const day = Math.floor(share * DAYS)
  const within = share * DAYS - day
  const hour = isBot ? within * 24 : 7 + within * 11 + random.next() * 2 - 1
  return FIRST_DAY + day * DAY + Math.max(0, hour) * 3_600_000 + random.below(120_000)
}

function sentence(random, words) {
  return Array.from({ length: words }, () => random.of(WORDS)).join(' ')
}

function shaOf(text) {
  return createHash('sha1').update(text).digest('hex')
}

function branchOf(random) {
  return random.next() < 0.35
    ? 'main'
    : `${random.of(['feature', 'fix', 'renovate', 'dependabot/npm'])}/${random.of(WORDS)}-${random.below(4000)}`
}

/** A push and what it sets off: runs, jobs, sometimes a deployment. */
function building(scene) {
  const { repo, account, actor, at, run, random } = scene
  const branch = branchOf(random)
  const sha = shaOf(`commit ${run}`)
  const url = `https://github.com/${repo.name}`
  const clock = { at }
  const base = { actor, account, repo, attribution: { confidence: 'verified', method: 'sender' } }
  const drafts = []
  const say = (after, draft) => {
    clock.at += after
    drafts.push({
      ...base,
      occurred_at: new Date(clock.at).toISOString(),
      outcome: 'success',
      ...draft,
    })
  }
  const forced = random.next() < 0.03
  say(0, {
    action: forced ? 'push.forced' : 'push.created',
    severity: forced ? 2 : undefined,
    targets: [
      { type: 'branch', id: `refs/heads/${branch}`, name: branch, url: `${url}/tree/${branch}` },
    ],
    ci: { ref: `refs/heads/${branch}`, before_sha: shaOf(`before ${run}`), head_sha: sha },
    reason: personal(`${sentence(random, 6)} (#${random.below(9000)})`),
    links: [{ rel: 'compare', url: `${url}/compare/${sha.slice(0, 12)}...${sha.slice(12, 24)}` }],
    labels: { commits: 1 + random.below(4), forced, default_branch: branch === 'main' },
    changes: Array.from({ length: random.below(3) }, () => ({
      path: `src/${random.of(WORDS)}/${random.of(WORDS)}.ts`,
      after: 'modified',
    })),
  })
  const runs = 1 + random.skewed(3)
  for (let index = 0; index < runs; index += 1) {
    const [workflow, path, jobs] = WORKFLOWS[index === 0 ? 0 : random.skewed(WORKFLOWS.length)]
    const id = run + index
    const failed = random.next() < 0.12
    const attempt = random.next() < 0.05 ? 2 : 1
    const ci = {
      workflow,
      workflow_path: path,
      run_id: id,
      run_number: 500 + scene.number,
      run_attempt: attempt,
      event: 'push',
      ref: branch,
      head_sha: sha,
    }
    const runEntry = (after, what, more) => {
      say(after, {
        action: `workflow_run.${what}`,
        outcome: 'pending',
        triggering_actor: actor,
        targets: [{ type: 'workflow_run', id, name: workflow, url: `${url}/actions/runs/${id}` }],
        ci: {
          ...ci,
          title: personal(sentence(random, 6)),
          started_at: new Date(clock.at).toISOString(),
        },
        links: [
          { rel: 'run', url: `${url}/actions/runs/${id}/attempts/${attempt}` },
          { rel: 'commit', url: `${url}/commit/${sha}` },
        ],
        correlation_id: `run:${repo.id}/${id}`,
        labels: { rerun: attempt > 1 },
        ...more,
      })
    }
    runEntry(4000, attempt > 1 ? 'rerun' : 'requested')
    runEntry(5000, 'started')
    for (const job of jobs) {
      const jobId = id * 10 + random.below(9)
      const environment =
        workflow === 'Deploy' && job === 'deploy' ? random.of(ENVIRONMENTS) : undefined
      for (const what of ['queued', 'started', 'completed']) {
        const isOver = what === 'completed'
        say(what === 'queued' ? 500 : 2000 + random.below(60_000), {
          action: `workflow_job.${what}`,
          outcome: isOver ? (failed && job === jobs.at(-1) ? 'failure' : 'success') : 'pending',
          targets: [
            {
              type: 'workflow_job',
              id: jobId,
              name: job,
              url: `${url}/actions/runs/${id}/job/${jobId}`,
            },
          ],
          ci: {
            workflow,
            run_id: id,
            run_attempt: attempt,
            job_id: jobId,
            job,
            ref: branch,
            head_sha: sha,
            environment,
            runner: isOver
              ? {
                  name: `GitHub Actions ${random.below(5000)}`,
                  group: 'GitHub Actions',
                  labels: ['ubuntu-latest'],
                }
              : { labels: ['ubuntu-latest'] },
            steps: isOver
              ? STEPS.map((name) => ({
                  name,
                  conclusion: failed && name === 'Test' ? 'failure' : 'success',
                }))
              : undefined,
          },
          links: [
            { rel: 'job', url: `${url}/actions/runs/${id}/job/${jobId}` },
            { rel: 'commit', url: `${url}/commit/${sha}` },
          ],
          correlation_id: `run:${repo.id}/${id}`,
          labels: { rerun: attempt > 1 },
        })
      }
    }
    runEntry(8000, 'completed', {
      outcome: failed ? 'failure' : 'success',
      severity: failed ? 1 : 0,
    })
  }
  return drafts
}

/** Pull requests, reviews, comments: events that are kept under their own names. */
function talking({ repo, account, actor, at, random, people, number }) {
  const pr = 1 + (number % 9000)
  const url = `https://github.com/${repo.name}/pull/${pr}`
  return [
    'pull_request.opened',
    'pull_request.synchronize',
    'pull_request_review.submitted',
    'pull_request.closed',
  ].map((name, index) => ({
    occurred_at: new Date(at + index * 900_000).toISOString(),
    action: `github.${name}`,
    outcome: 'success',
    actor: index === 2 ? people[random.skewed(people.length)] : actor,
    attribution: { confidence: 'verified', method: 'sender' },
    account,
    repo,
    targets: [{ type: 'pull_request', id: pr, name: personal(sentence(random, 5)), url }],
    ci: {
      ref: `refs/heads/${branchOf(random)}`,
      head_sha: shaOf(`${pr} ${index} ${number}`),
      pull_requests: [pr],
    },
    links: [{ rel: 'pull_request', url }],
    correlation_id: `pr:${repo.id}/${pr}`,
  }))
}

/** What audits are about, and rare. */
function settling({ repo, account, actor, at, random }) {
  const [action, type, severity] = random.of([
    ['branch_protection.edited', 'branch_protection_rule', 3],
    ['deploy_key.created', 'deploy_key', 2],
    ['secret_alert.opened', 'secret_scanning_alert', 4],
    ['repository.publicized', 'repository', 4],
    ['member.added', 'user', 2],
    ['ruleset.edited', 'ruleset', 3],
    ['workflow_file.changed', 'workflow_file', 2],
  ])
  const who =
    random.next() < 0.1
      ? {
          actor: { type: 'unknown' },
          attribution: { confidence: 'unknown', method: 'no sender in the payload' },
        }
      : { actor, attribution: { confidence: 'verified', method: 'sender' } }
  return [
    {
      occurred_at: new Date(at).toISOString(),
      action,
      outcome: 'success',
      severity,
      ...who,
      account,
      repo,
      targets: [
        {
          type,
          id: random.below(1e6),
          name:
            type === 'workflow_file'
              ? '.github/workflows/ci.yml'
              : `${random.of(WORDS)}-${random.of(WORDS)}`,
          url: `https://github.com/${repo.name}/settings`,
        },
      ],
      ci:
        action === 'workflow_file.changed'
          ? { ref: 'refs/heads/main', head_sha: shaOf(`${at}`) }
          : undefined,
      changes: [
        { path: 'required_approving_review_count', before: 2, after: random.below(3) },
        { path: 'enforcement', before: 'active', after: 'evaluate' },
      ],
      reason: personal(sentence(random, 7)),
      links: [{ rel: 'settings', url: `https://github.com/${repo.name}/settings` }],
    },
  ]
}
