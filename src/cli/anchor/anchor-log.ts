import { readFile } from 'node:fs/promises'

import {
  compareCheckpoints,
  logKeys,
  MerkleError,
  openCheckpoint,
  requireQuorum,
  toHex,
  witnessKeys,
  type Growth,
  type OpenedCheckpoint,
  type TrustPolicy,
} from '../../core/merkle/index.js'
import { errorCode, replaceFile } from '../../platform/index.js'
import { UsageError } from '../exit-code.js'
import type { ShownLog } from './shown-log.js'

/** What was compared, and where it is kept. */
export interface Anchored {
  /** `unsigned`: there is no checkpoint; `refused`: there is one, which those who are trusted did not sign. */
  readonly outcome: Growth | 'unsigned' | 'refused'
  readonly kept?: OpenedCheckpoint | undefined
  readonly fresh?: OpenedCheckpoint
  /** Why a checkpoint was refused. */
  readonly reason?: string
  /** Where the checkpoint is that does not fit what was kept. */
  readonly evidence?: string
}

/** What contradicts nothing that was kept. */
export const HOLDS: ReadonlySet<Anchored['outcome']> = new Set(['first', 'grown', 'unchanged'])

/** Anybody may read a checkpoint; HOOKTRAIL_ANCHOR_FILE is read by another user perhaps. */
const MODE = 0o644

/**
 * Compares a log with the checkpoint in a file, and replaces it by the newest one if that is proved to contain it.
 * Otherwise the file stays, and what the log shows is kept beside it: two signatures that contradict are evidence.
 * @throws UsageError for a file that holds no checkpoint of this log; as the log does when it does not answer
 */
export async function anchorLog(
  file: string,
  log: ShownLog,
  policy: TrustPolicy,
): Promise<Anchored> {
  const kept = await readKept(file, policy)
  const note = await log.checkpoint()
  if (note === undefined) return { outcome: 'unsigned', kept }
  const fresh = openTrusted(note, policy)
  if (typeof fresh === 'string') {
    return { outcome: 'refused', kept, reason: fresh }
  }
  const outcome = await compareCheckpoints(kept, fresh, log.readTiles)
  if (outcome === 'first' || outcome === 'grown') await replaceFile(file, note, MODE)
  if (HOLDS.has(outcome)) return { outcome, kept, fresh }
  const evidence = `${file}.${String(fresh.size)}-${toHex(fresh.root).slice(0, 16)}.conflict`
  await replaceFile(evidence, note, MODE)
  return { outcome, kept, fresh, evidence }
}

async function readKept(file: string, policy: TrustPolicy): Promise<OpenedCheckpoint | undefined> {
  try {
    return openCheckpoint(await readFile(file, 'utf8'), keysOf(policy))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    const why =
      cause instanceof MerkleError
        ? cause.message
        : `it cannot be read (${String(errorCode(cause))})`
    throw new UsageError(
      `${file} holds no checkpoint of this log: ${why}. Nothing was changed. Name the file that anchor wrote before, with the keys that the log had then (hooktrail log policy has them all), or a new one.`,
      { cause },
    )
  }
}

/** The checkpoint, or why it is not trusted. */
function openTrusted(note: string, policy: TrustPolicy): OpenedCheckpoint | string {
  try {
    const opened = openCheckpoint(note, keysOf(policy))
    requireQuorum(policy, opened.signatures)
    return opened
  } catch (error) {
    if (error instanceof MerkleError) return error.message
    throw error
  }
}

function keysOf(policy: TrustPolicy): ReturnType<typeof logKeys> {
  return [...logKeys(policy), ...witnessKeys(policy)]
}
