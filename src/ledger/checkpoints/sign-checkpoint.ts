import {
  decodeFrontier,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  isSameKey,
  readRoot,
  rootHash,
  sameBytes,
  signNote,
  toBase64,
  type TreeHead,
  type VerifierKey,
} from '../../core/merkle/index.js'
import type { Database, LogKey, LogSettings, SignedRecord } from '../../platform/index.js'
import { LedgerError } from '../errors.js'
import { requireContained, type KnownHead } from './known-heads.js'
import { addLogKey, logVerifierKey, newOrigin, readLogKeys } from './log-identity.js'
import { publishCheckpoint } from './publish-checkpoint.js'
import { tileReader, type Connection } from './read-tiles.js'
import { SigningError } from './signing-error.js'
import { signingTurn } from './signing-turn.js'

export interface SignerParts {
  readonly database: Pick<Database, 'pool'>
  /** `undefined`: this process has none, and must not make one for a log that has one elsewhere. */
  readonly key: LogKey | undefined
  readonly settings: LogSettings
  readonly record: SignedRecord
  /** Trees that the log must contain, beside those in the record and the database. Asked before each signature. */
  readonly knownHeads: () => readonly KnownHead[]
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** `unchanged`: the tree as it stands is signed already. */
export type SigningOutcome = { readonly outcome: 'signed' | 'unchanged'; readonly size: number }

/**
 * Signs the tree as it stands in the database, committed. Each size is signed once, whatever runs beside: under a lock, and
 * with the size as primary key. What was signed is recorded outside of the database first, so that a signature that got
 * out is never forgotten.
 * @throws SigningError, LogKeyError; `LedgerError` `corrupt`; as pg does when the database is away, and then it is not
 * known whether it was signed: the next call finds out
 */
export async function signCheckpoint(parts: SignerParts): Promise<SigningOutcome> {
  return signingTurn(parts.database, async (connection) => {
    const { tree, last, origin, key, sign } = await requireTurn(parts, connection)
    if (last?.size === tree.size) {
      await showUnlessWitnessed(parts, connection, tree.size)
      return { outcome: 'unchanged', size: tree.size }
    }
    await parts.record.write(origin, { size: tree.size, root: toBase64(tree.root) })
    const text = formatCheckpoint({ origin, ...tree })
    const note = formatNote(text, [signNote(key, text, sign)])
    await insertCheckpoint(connection, tree, note, parts.clock())
    await showUnlessWitnessed(parts, connection, tree.size)
    return { outcome: 'signed', size: tree.size }
  })
}

/** Where there are witnesses, it is shown when as many as the policy asks for have cosigned it. */
async function showUnlessWitnessed(
  { settings, clock }: SignerParts,
  connection: Connection,
  size: number,
): Promise<void> {
  if (settings.witnessPolicy === undefined) await publishCheckpoint(connection, size, clock())
}

/**
 * Whether these parts could sign the log as it stands; nothing is signed or recorded. For a log that has a key.
 * @returns the log's size
 * @throws as `signCheckpoint`
 */
export async function requireSignable(parts: SignerParts): Promise<number> {
  return signingTurn(parts.database, async (connection) => {
    const { tree } = await requireTurn(parts, connection)
    return tree.size
  })
}

interface Turn extends Awaited<ReturnType<typeof requireKey>> {
  readonly tree: TreeHead
  readonly last: Awaited<ReturnType<typeof readLastHead>>
}

/** The tree to sign, and the key that may. */
async function requireTurn(parts: SignerParts, connection: Connection): Promise<Turn> {
  const tree = await readTree(connection)
  const last = await readLastHead(connection)
  const own = await requireKey(parts, connection)
  const recorded = await parts.record.read(own.origin)
  const heads: KnownHead[] = [
    ...(last ? [{ ...last, source: 'the database itself' }] : []),
    ...(recorded ? [{ ...recorded, source: 'the record beside the signing key' }] : []),
    ...parts.knownHeads(),
  ]
  await requireSound(connection, tree, heads)
  return { tree, last, ...own }
}

async function readTree(connection: Connection): Promise<TreeHead> {
  const { rows } = await connection.query<{ size: string; frontier: Buffer }>(
    'SELECT size, frontier FROM log_state',
  )
  const [state] = rows
  if (!state) {
    throw new LedgerError('corrupt', 'log_state has no row: restore the database from a backup')
  }
  const size = Number(state.size)
  return { size, root: rootHash(decodeFrontier(size, state.frontier)) }
}

async function readLastHead(
  connection: Connection,
): Promise<{ readonly size: number; readonly root: string } | undefined> {
  const { rows } = await connection.query<{ size: string; root: Buffer }>(
    'SELECT size, root FROM log_checkpoint ORDER BY size DESC LIMIT 1',
  )
  const [row] = rows
  return row && { size: Number(row.size), root: toBase64(row.root) }
}

/** The key of this process, if it is the log's; for a log without one it becomes that. */
async function requireKey(
  { key, settings, clock }: SignerParts,
  connection: Connection,
): Promise<{ readonly origin: string; readonly key: VerifierKey; readonly sign: LogKey['sign'] }> {
  const present = (await readLogKeys(connection)).at(-1)?.key
  if (!key) throw foreignKey(present, `there is none in ${settings.keyPath}`)
  const origin = present?.name ?? newOrigin(settings, key)
  const own = logVerifierKey(origin, key)
  if (!present) {
    await addLogKey(connection, { fromSize: 0, key: own, lastNote: undefined }, clock())
  } else if (!isSameKey(present, own)) {
    throw foreignKey(present, `this process has another one: ${formatVerifierKey(own)}`)
  }
  if (settings.origin !== undefined && settings.origin !== origin) {
    throw new SigningError(
      'signing.key',
      `The log's name is ${origin}, and HOOKTRAIL_LOG_ORIGIN says ${settings.origin}. Set it back, or go on as a new log: hooktrail log rotate --origin ${settings.origin}.`,
    )
  }
  return { origin, key: own, sign: key.sign }
}

function foreignKey(present: VerifierKey | undefined, instead: string): SigningError {
  const log = present
    ? `The log is signed with ${formatVerifierKey(present)}`
    : 'The log has no key'
  return new SigningError(
    'signing.key',
    `${log}, and ${instead}. Bring the key's file here (every replica needs the same one), or, if it is lost or was stolen, let a new one take over: hooktrail log rotate.`,
  )
}

/** Tiles and right edge agree, and every tree that is known contains. Tiles are read again: nothing is assumed. */
async function requireSound(
  connection: Connection,
  { size, root }: TreeHead,
  heads: readonly KnownHead[],
): Promise<void> {
  const readTiles = tileReader(connection)
  for (const head of heads) await requireContained(head, size, readTiles)
  if (sameBytes(await readRoot(size, size, readTiles), root)) return
  throw new SigningError(
    'signing.damaged',
    `The tree of ${String(size)} entries is damaged: its tiles give another root than its right edge. Run hooktrail verify, which names what was changed, and restore the database from a backup.`,
  )
}

async function insertCheckpoint(
  connection: Connection,
  { size, root }: TreeHead,
  note: string,
  now: number,
): Promise<void> {
  await connection.query(
    'INSERT INTO log_checkpoint (size, root, note, signed_at) VALUES ($1, $2, $3, $4)',
    [size, root, note, new Date(now)],
  )
}
