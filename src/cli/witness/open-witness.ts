import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import {
  emptyRoot,
  SIGNATURE_TYPES,
  toBase64,
  verifierKey,
  type VerifierKey,
} from '../../core/merkle/index.js'
import { makeLogKey, readLogKey, type LogKey } from '../../platform/index.js'
import { UsageError } from '../exit-code.js'
import type { WitnessParts } from './answer-checkpoint.js'
import { readTree, writeTree, type WitnessedTree } from './witness-state.js'

export interface WitnessPlace {
  readonly name: string
  /** Holds the key, unless another file is given, and one file for each log. */
  readonly directory: string
  readonly keyFile: string | undefined
  readonly logs: readonly VerifierKey[]
  /** Whether logs that this witness has never seen are taken in, although it has seen others. */
  readonly addLogs: boolean
}

export interface OpenedWitness extends Omit<WitnessParts, 'clock'> {
  readonly trees: readonly WitnessedTree[]
}

/**
 * A witness with its key and all that it remembers. A new one makes both; one that has lost something is refused.
 * @throws UsageError, LogKeyError
 */
export async function openWitness(place: WitnessPlace): Promise<OpenedWitness> {
  const { name, directory, logs } = place
  await makeDirectory(directory)
  const keyPath = place.keyFile ?? join(directory, 'witness-key.pem')
  const known = await readLogKey({ keyPath })
  if (!known && place.keyFile !== undefined) {
    throw new UsageError(`There is no key in ${keyPath}. Without --key the witness makes one.`)
  }
  const isNew = known === undefined || place.addLogs
  const origins = [...new Set(logs.map((log) => log.name))]
  const trees: WitnessedTree[] = []
  for (const origin of origins) {
    trees.push((await readTree(directory, origin)) ?? (await begin(directory, origin, isNew)))
  }
  const { publicKey, sign }: LogKey = known ?? (await makeLogKey(keyPath))
  return { logs, sign, key: verifierKey(name, SIGNATURE_TYPES.cosignature, publicKey), trees }
}

/** Before it is held. @throws UsageError */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new UsageError(`${directory} cannot be made. Give another --dir.`, { cause })
  }
}

/** A log that was never seen has grown from the empty tree; but one whose file was lost must not look like that. */
async function begin(directory: string, origin: string, isNew: boolean): Promise<WitnessedTree> {
  if (!isNew) {
    throw new UsageError(
      `This witness has a key and remembers nothing of ${origin} in ${directory}. If it has never witnessed that log, run it once with --add-log. If the file was lost, bring the newest back, or begin with another directory and key: it could be shown another history.`,
    )
  }
  const tree = { origin, size: 0, root: toBase64(emptyRoot()) }
  await writeTree(directory, tree)
  return tree
}
