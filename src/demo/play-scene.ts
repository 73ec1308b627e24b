import type { DemoArguments } from './arguments.js'
import { CHECK_DELAY_MS, type Scene } from './demo.js'
import { readEntries } from './entries.js'
import { describeViolation } from './github/index.js'
import { processError } from './hooktrail-process.js'
import { findLosses, type Facts } from './losses.js'
import { presentNextSteps } from './next-steps.js'
import { perform, type Sent } from './perform.js'
import {
  attackCheckRun,
  presentAlerts,
  presentAttack,
  presentCheckRun,
  presentLosses,
  presentRecord,
  presentTimes,
  presentVerification,
} from './present.js'
import { presentDerived } from './present-derived.js'
import { untilSettled, type Settled } from './settle.js'
import { FORTNIGHT_MS, playStory, startOf } from './story/index.js'
import { createProgress, paintsOf, type Terminal } from './terminal.js'
import { watchReactions, type ReactionWatch } from './watch-reactions.js'

const IN_FLIGHT = 8
const SETTLE_WITHIN_MS = 180_000

export interface Playing {
  readonly wanted: DemoArguments
  readonly terminal: Terminal
  readonly stopped: AbortSignal
  /** Milliseconds since 1970: the fortnight ends the evening before. */
  readonly now: number
}

/** Plays the story, waits until all is written, prints what came of it. Answers what was lost. */
export async function playScene(scene: Scene, playing: Playing): Promise<readonly string[]> {
  const { terminal, stopped } = playing
  const { dim } = paintsOf(terminal)
  terminal.write(`  Stand-in for GitHub  ${scene.standIn.url}\n`)
  terminal.write(`  Hooktrail            ${scene.hooktrail.url}\n`)
  terminal.write(`  ${dim(`Data                 ${scene.dataDirectory}`)}\n\n`)
  const watch = watchReactions(scene.state, scene.app.id)
  try {
    const sent = await tell(scene, playing)
    requireHooktrail(scene)
    const settled = await settle(scene, playing, watch)
    if (stopped.aborted) return []
    return await conclude(scene, playing, { sent, settled, watch })
  } finally {
    watch.stop()
  }
}

/** What the log holds is asked of Hooktrail itself: without it there is nothing to say. */
function requireHooktrail({ hooktrail }: Scene): void {
  if (hooktrail.hasEnded())
    throw processError('ended while it was told the story', hooktrail.tail())
}

async function tell(scene: Scene, playing: Playing): Promise<Sent[]> {
  const { terminal, wanted, stopped, now } = playing
  const progress = createProgress(terminal, 'A fortnight of deliveries')
  let latest = 0
  const story = playStory(scene.state, {
    endsAt: now,
    app: { id: scene.app.id, slug: scene.app.slug },
    webUrl: scene.standIn.url,
    apiUrl: `${scene.standIn.url}/api/v3`,
  })
  const first = startOf(now)
  const sent = await perform({
    story,
    deliverer: scene.deliverer,
    inFlight: IN_FLIGHT,
    speed: wanted.speed,
    stopped,
    onSent: ({ delivery }, count) => {
      latest = Math.max(latest, delivery.at)
      const day = new Date(latest).toISOString().slice(0, 10)
      progress.show(latest - first, FORTNIGHT_MS, `${day}  ${String(count)} sent`)
    },
  })
  if (!stopped.aborted) progress.show(1, 1, `${String(sent.length)} sent`)
  progress.end()
  return sent
}

async function settle(scene: Scene, playing: Playing, watch: ReactionWatch): Promise<Settled> {
  const { terminal, stopped } = playing
  const { standIn, runCli, hooktrail } = scene
  terminal.write('Waiting for check runs and alerts …\n')
  const settled = await untilSettled({
    askJobs: async () => {
      const { code, output } = await runCli('jobs', '--json')
      if (code === 0) return output
      throw new Error(`hooktrail jobs: ${output}\n${hooktrail.tail()}`)
    },
    writes: () => standIn.counters().requests,
    onWait: (open) => {
      if (open > 0) terminal.write(`  ${String(open)} to be written\n`)
    },
    withinMs: SETTLE_WITHIN_MS,
    stopped,
  })
  const count = watch.checks().length
  terminal.write(`  ${String(count)} check runs, ${String(watch.issues().length)} alerts\n\n`)
  return settled
}

interface Told {
  readonly sent: readonly Sent[]
  readonly settled: Settled
  readonly watch: ReactionWatch
}

async function conclude(scene: Scene, playing: Playing, told: Told): Promise<readonly string[]> {
  const { terminal, wanted } = playing
  const paints = paintsOf(terminal)
  const verification = await scene.runCli('verify')
  const facts: Facts = {
    sent: told.sent,
    settled: told.settled,
    entries: await readEntries(scene.hooktrail.url, scene.apiToken),
    checks: told.watch.checks(),
    issues: told.watch.issues(),
    violations: scene.standIn.violations().map(describeViolation),
    verified: verification.code === 0,
  }
  const losses = findLosses(facts)
  const times = { startedInMs: scene.hooktrail.startedInMs, checkDelayMs: CHECK_DELAY_MS }
  const sections = [
    presentRecord(facts, paints),
    presentAttack(facts, paints),
    presentDerived(facts, paints),
    presentCheckRun(facts, attackCheckRun(facts), paints),
    presentAlerts(facts, paints),
    presentTimes(facts, times, paints),
    presentVerification(verification.output, paints),
    presentLosses(losses, paints),
    ...(wanted.exit ? [] : [presentNextSteps(facts, runningOf(scene), paints)]),
  ]
  terminal.write(`${sections.join('\n\n')}\n`)
  return losses
}

function runningOf({ hooktrail, standIn, dataDirectory, apiToken }: Scene) {
  return { hooktrailUrl: hooktrail.url, standInUrl: standIn.url, dataDirectory, apiToken }
}
