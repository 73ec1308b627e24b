import type { Database, LogSettings, Logger } from '../../platform/index.js'
import type { Appender } from '../append-entries.js'
import { HOST } from '../operator-act.js'
import { postToWitness } from './post-to-witness.js'
import { readWitnessPolicy, witnessesOf } from './witness-policy.js'
import { Witnesses, type WitnessChange, type WitnessesOptions } from './witnesses.js'

interface WatchOptions {
  readonly database: Pick<Database, 'pool'>
  readonly appender: Appender
  readonly settings: LogSettings
  readonly log: Logger
  readonly clock: () => number
}

export interface WatchedWitnesses {
  /** Pushes what is new. Nothing needs to wait for it; what goes wrong is told and never thrown. */
  push(): Promise<void>
  stop(): Promise<void>
}

/**
 * The witnesses of the settings. Each that starts or ends to fail is told to the log of the process and of the product.
 * A file that cannot be used is told, too: then checkpoints are signed and not shown.
 */
export async function watchWitnesses(options: WatchOptions): Promise<WatchedWitnesses> {
  const { database, settings, log, clock } = options
  const stopped = new AbortController()
  const witnesses = new Witnesses({
    database,
    ...(await readWitnesses(settings, log)),
    post: postToWitness(stopped.signal),
    clock,
    onChange: (change) => (stopped.signal.aborted ? Promise.resolve() : record(options, change)),
    onError: (error) => {
      if (!stopped.signal.aborted) log.error({ err: error }, 'a checkpoint reached no witness')
    },
  })
  const pushes = new Set<Promise<void>>()
  return {
    push: () => {
      const push = witnesses.push().finally(() => pushes.delete(push))
      pushes.add(push)
      return push
    },
    stop: async () => {
      stopped.abort()
      await Promise.all(pushes)
    },
  }
}

async function readWitnesses(
  settings: LogSettings,
  log: Logger,
): Promise<Pick<WitnessesOptions, 'policy' | 'witnesses'>> {
  try {
    const policy = await readWitnessPolicy(settings)
    return { policy, witnesses: witnessesOf(policy) }
  } catch (error) {
    log.error({ err: error }, 'checkpoints go to no witness, and no newer one is shown')
    return { policy: undefined, witnesses: [] }
  }
}

/** One entry when an outage starts and one when it ends, whichever processes see it: the key is the outage's. */
async function record(options: WatchOptions, change: WitnessChange): Promise<void> {
  const { database, log } = options
  const { witness, url, reason } = change
  if (reason !== undefined) {
    log.error({ witness, url, reason }, 'a witness fails')
    await append(options, change, 'witness.failed')
  } else if (await isRecorded(database, keyOf(change, 'witness.failed'))) {
    log.info({ witness, url }, 'a witness cosigns again')
    await append(options, change, 'witness.recovered')
  }
}

function keyOf({ witness, lastTime }: WitnessChange, action: string): string {
  return `${action}:${witness}:${String(lastTime)}`
}

async function isRecorded({ pool }: Pick<Database, 'pool'>, guid: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM delivery WHERE host = $1 AND guid = $2', [
    HOST,
    guid,
  ])
  return rowCount === 1
}

async function append(
  { appender, clock }: WatchOptions,
  change: WitnessChange,
  action: 'witness.failed' | 'witness.recovered',
): Promise<void> {
  const now = clock()
  await appender.append({
    delivery: {
      host: HOST,
      guid: keyOf(change, action),
      event: action,
      kind: 'internal',
      payload: {},
      body: new Uint8Array(),
      headers: {},
      receivedAt: now,
    },
    drafts: [
      {
        occurred_at: new Date(now).toISOString(),
        action,
        outcome: action === 'witness.failed' ? 'failure' : 'success',
        actor: { type: 'system', login: 'hooktrail' },
        attribution: { confidence: 'verified', method: 'stated by Hooktrail' },
        targets: [{ type: 'witness', id: change.witness }],
        labels: change.reason === undefined ? undefined : { reason: change.reason },
      },
    ],
  })
}
