import { toBase64, type Checkpoint } from '../../core/merkle/index.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { HOLDS, type Anchored } from './anchor-log.js'

/** What to tell, and the shell. */
export interface Verdict {
  readonly code: ExitCode
  readonly text: string
}

interface Place {
  /** Where the checkpoint is kept. */
  readonly file: string
  /** Which log. */
  readonly log: string
}

/** What a comparison means, and what to do about it. */
export function verdictOf(anchored: Anchored, place: Place): Verdict {
  const { outcome } = anchored
  const text = SAID[outcome](anchored, place)
  if (HOLDS.has(outcome)) return { code: EXIT.ok, text: `${text}\n` }
  if (!anchored.evidence) return { code: EXIT.no, text: `${text}\n` }
  return {
    code: EXIT.no,
    text: `NOT CONSISTENT: ${text}\n${both(anchored, place)}\n${NEXT}\n`,
  }
}

const SAID: Readonly<Record<Anchored['outcome'], (anchored: Anchored, place: Place) => string>> = {
  first: ({ fresh }, { file }) =>
    `First checkpoint, kept in ${file}: ${inWords(fresh)}\nFrom now on each run compares with it. What was before is not proved by it.`,
  unchanged: ({ fresh }, { file }) => `Unchanged since ${file}: ${inWords(fresh)}`,
  grown: ({ kept, fresh }, { file }) =>
    `Consistent: grown from ${sizeOf(kept)} to ${sizeOf(fresh)} entries, and nothing before was changed.\n${file} now holds ${inWords(fresh)}`,
  unsigned: (_, { file, log }) =>
    `${log} has not been signed yet: start Hooktrail, and ask hooktrail doctor if it stays so. ${file} is as it was.`,
  refused: ({ reason = '' }, { file, log }) =>
    `NOT VERIFIED: ${log} shows a checkpoint that is not to be trusted: ${reason}. ${file} is as it was.\nIf its key was rotated, ask the operator for hooktrail log policy over another way than this log, and give that with --policy.`,
  behind: ({ kept, fresh }) =>
    `the log shows ${sizeOf(fresh)} entries and had ${sizeOf(kept)}: its end was cut off, an older backup was restored, or an old answer came from a cache (ask again once). If it was a backup, the operator has to bring back a newer one.`,
  'other-log': ({ kept, fresh }) =>
    `the log calls itself ${fresh?.origin ?? ''} and was ${kept?.origin ?? ''}: it began anew, and what was recorded before may not be in it.`,
  unproved: ({ fresh }) =>
    `the log does not show the tree that it signed: its tiles do not give the root for ${sizeOf(fresh)} entries.`,
  fork: ({ kept }) =>
    `the first ${sizeOf(kept)} entries are not those that were there: somebody changed, removed or inserted entries.`,
}

function both({ kept, evidence = '' }: Anchored, { file }: Place): string {
  return kept
    ? `Both checkpoints are kept, signed by the log: ${file} (what it was) and ${evidence} (what it shows now).`
    : `What it shows is kept in ${evidence}, signed by the log.`
}

const NEXT =
  'Keep these files where the log’s operator cannot change them. Then ask the operator what happened (docs/operations.md, “When signing stops”); hooktrail verify names what differs. Do not remove them to make this message go away: only when you know why, move them aside and anchor anew.'

function sizeOf(checkpoint: Checkpoint | undefined): string {
  return (checkpoint?.size ?? 0).toLocaleString('en')
}

function inWords(checkpoint: Checkpoint | undefined): string {
  if (!checkpoint) return ''
  return `${checkpoint.origin}, ${sizeOf(checkpoint)} entries, root ${toBase64(checkpoint.root)}.`
}
