import { formatVerifierKey, logSignature, toBase64 } from '../merkle/index.js'
import type { BundleReport } from './bundle-check.js'
import { safeLine } from './safe-line.js'

/** In words: what was proved, what was not, and what to keep. Lines that are safe on a terminal. */
export function describeReport(report: BundleReport): string[] {
  const { manifest, checkpoint, policy, entries, opened } = report
  const key = logSignature(checkpoint)?.key
  return [
    ...(policy ? [] : warning()),
    `Everything in this bundle holds: ${String(entries)} entries of ${checkpoint.origin}, for the query “${manifest.query}”, asked at ${manifest.asked_at}.`,
    '',
    'Proved:',
    `  The tree of ${String(checkpoint.size)} entries with root ${toBase64(checkpoint.root)} was signed ${policy ? 'with a key that you gave' : 'with the key that the bundle brings along'}.`,
    ...cosigned(report),
    `  Each of the ${String(entries)} entries stands in that tree, word for word, at the number that it bears.`,
    `  Each of the ${String(opened)} names and texts is the one that was sealed into its entry when it was recorded.`,
    '',
    'Not proved:',
    ...notProved(report),
    '',
    'Keep, outside of the operator’s reach, and compare with the next bundle and with /checkpoint:',
    `  key         ${key ? formatVerifierKey(key) : ''}`,
    `  checkpoint  size ${String(checkpoint.size)}, root ${toBase64(checkpoint.root)}`,
  ].map(safeLine)
}

/** Each witness whose cosignature was verified, and whether they are enough. */
function cosigned({ checkpoint, policy }: BundleReport): string[] {
  const lines = checkpoint.signatures.flatMap(({ key, timestamp }) =>
    timestamp === undefined
      ? []
      : [`  ${key.name} cosigned that tree, it says at ${timeOf(timestamp)}.`],
  )
  if (policy?.quorum === undefined) return lines
  return [
    ...lines,
    `  So have as many witnesses as your policy asks for (quorum ${policy.quorum}).`,
  ]
}

/** Seconds are a witness's word: they may be of any size. */
function timeOf(seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? `second ${String(seconds)}` : time.toISOString()
}

function warning(): string[] {
  return [
    'WARNING: you gave no key, so the bundle’s own was used. This proves NOTHING about who signed: anybody can make a key,',
    'sign what they like and put both into a file. Get the verifier key from somewhere else and give it with --key.',
    '',
  ]
}

function notProved({ closed, checkpoint }: BundleReport): string[] {
  const lines = [
    'That these are all entries that the query means, and that this was the query: whoever exported says so.',
    'That everything that happened was recorded, and that what GitHub said is true.',
    'That the operator shows everybody the same tree: compare checkpoints with others, and with your earlier ones.',
  ]
  const others = checkpoint.note.signatures.length - checkpoint.signatures.length
  if (others > 0) {
    lines.push(
      `Who else signed the checkpoint: ${String(others)} more signature lines (witnesses, other keys) were not checked; --policy names whose are to be.`,
    )
  }
  if (closed > 0) {
    lines.push(
      `What ${String(closed)} sealed values say: they have no text here, because it was erased or left out of the bundle.`,
    )
  }
  return lines.map((line) => `  ${line}`)
}
