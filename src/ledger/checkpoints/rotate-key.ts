import { rename } from 'node:fs/promises'

import { formatVerifierKey, isSameKey, toHex, type VerifierKey } from '../../core/merkle/index.js'
import { makeLogKey, readLogKey, type Database, type LogSettings } from '../../platform/index.js'
import { asAct, type Act, type Operator } from '../operator-act.js'
import { addLogKey, logVerifierKey, newOrigin, readLogKeys } from './log-identity.js'
import type { Connection } from './read-tiles.js'
import { describeWitnesses, readWitnessPolicy } from './witness-policy.js'
import { SigningError } from './signing-error.js'
import { takeSigningTurn } from './signing-turn.js'

export interface Rotation {
  /** The present key from now on, and the size from which it signs. */
  readonly key: VerifierKey
  readonly fromSize: number
  /** Of the entry that says so. */
  readonly seq: number
  /** Where the old key's file is now; absent if there was none. */
  readonly retired: string | undefined
}

/**
 * Lets a new key take over: above what is signed already it alone signs, and the last checkpoint under the old one is kept.
 * That it does is an entry, in the same transaction as the key: whatever the new key signs contains it.
 * Signers that run have to be started again.
 * @param origin a new name for the log, for example after entries were lost; absent: as before
 * @throws SigningError `signing.key`, LogKeyError
 */
export async function rotateLogKey(
  database: Database,
  settings: LogSettings,
  { origin, operator }: { readonly origin: string | undefined; readonly operator: Operator },
): Promise<Rotation> {
  if (settings.key !== undefined) {
    throw new SigningError(
      'signing.key',
      `The key is in HOOKTRAIL_LOG_KEY, which cannot be rotated. Write it to a file (mode 600), name that in HOOKTRAIL_LOG_KEY_PATH, and run this again.`,
    )
  }
  const { now } = operator
  const old = await readLogKey(settings)
  const fresh = `${settings.keyPath}.${String(now)}`
  const made = await makeLogKey(fresh)
  const rotation = await asAct(database, operator, {
    before: takeSigningTurn,
    work: async ({ connection, append }) => {
      const present = (await readLogKeys(connection)).at(-1)
      const key = logVerifierKey(origin ?? present?.key.name ?? newOrigin(settings, made), made)
      const { size, note } = await readLast(connection)
      const seq = await append(rotationAct(present?.key, key, size))
      const fromSize = Math.max(size + 1, (present?.fromSize ?? -1) + 1)
      await addLogKey(connection, { fromSize, key, lastNote: note }, now)
      return { key, fromSize, seq, before: present?.key }
    },
  })
  const { key, fromSize, seq, before } = rotation
  const isKnown = old && before && isSameKey(before, logVerifierKey(before.name, old))
  const name = isKnown ? toHex(before.keyId) : `until-${String(now)}`
  const retired = old && `${settings.keyPath}.${name}`
  if (retired !== undefined) await rename(settings.keyPath, retired)
  await rename(fresh, settings.keyPath)
  return { key, fromSize, seq, retired }
}

/** @param lastSize that the key before signed; -1 for none */
function rotationAct(before: VerifierKey | undefined, key: VerifierKey, lastSize: number): Act {
  const isRenamed = before !== undefined && before.name !== key.name
  return {
    action: isRenamed ? 'log.renamed' : 'log_key.rotated',
    targets: [{ type: 'log_key', id: `${key.name}+${toHex(key.keyId)}` }],
    changes: [
      ...(isRenamed ? [{ path: 'origin', before: before.name, after: key.name }] : []),
      {
        path: 'verifier_key',
        ...(before && { before: formatVerifierKey(before) }),
        after: formatVerifierKey(key),
      },
    ],
    labels: lastSize < 0 ? {} : { last_size: lastSize },
  }
}

async function readLast(
  connection: Connection,
): Promise<{ readonly size: number; readonly note: string | undefined }> {
  const { rows } = await connection.query<{ size: string; note: string }>(
    'SELECT size, note FROM log_checkpoint ORDER BY size DESC LIMIT 1',
  )
  const [row] = rows
  return { size: Number(row?.size ?? -1), note: row?.note }
}

/**
 * What others need in order to trust the log: a tlog-policy file, with the keys of the past and what they signed last, the
 * witnesses and how many of them are enough.
 * @throws SigningError `signing.witnesses`
 */
export async function describePolicy(
  { pool }: Pick<Database, 'pool'>,
  settings: Pick<LogSettings, 'witnessPolicy'>,
): Promise<string> {
  const lines = (await readLogKeys(pool)).flatMap(({ key, fromSize, lastNote }) => [
    ...(lastNote === undefined ? [] : lastUnderOldKey(lastNote)),
    `# Signs from size ${String(fromSize)} on.`,
    `log ${formatVerifierKey(key)}`,
  ])
  const witnesses = describeWitnesses(await readWitnessPolicy(settings))
  return `${[...lines, ...witnesses].join('\n')}\n`
}

function lastUnderOldKey(note: string): string[] {
  const lines = note.trimEnd().split('\n')
  return ['# The last checkpoint under the key before:', ...lines.map((line) => `#   ${line}`)]
}
