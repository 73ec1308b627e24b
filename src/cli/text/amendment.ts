import type { JsonObject } from '../../core/domain/index.js'
import type { Amendment, Reread } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { lineDiff } from './line-diff.js'
import { printed } from './printed.js'
import { grouped } from './progress.js'
import type { Styles } from './style.js'

/** What came of reading deliveries again; each is in one of the outcomes. */
export interface RereadTotals extends Readonly<Record<Reread['outcome'], number>> {
  /** Findings of policies that today's readings give and the earlier ones did not. */
  readonly findings: number
}

/** A delivery that says something else today: which, and the difference between its readings. */
export function amendmentDetails(amendment: Amendment, { bold, red, green, dim }: Styles): string {
  const { delivery, stored, before, after } = amendment
  const received = new Date(delivery.receivedAt).toISOString()
  const head = `${bold(printable(`delivery ${delivery.guid}`))}  ${printable(delivery.event)}, received ${received}, ${replaced(stored)}`
  const lines = lineDiff(linesOf(before), linesOf(after)).map(({ mark, text }) => {
    const line = printable(`${mark} ${text}`)
    if (mark === '-') return red(line)
    return mark === '+' ? green(line) : dim(line)
  })
  return `${head}\n${lines.join('\n')}\n\n`
}

function replaced({ entries, reading }: Amendment['stored']): string {
  const seqs = entries.map(({ seq }) => String(seq))
  const which =
    seqs.length < 2
      ? `entry ${seqs.join('')}`
      : `entries ${String(seqs[0])} to ${String(seqs.at(-1))}`
  return `${which} (reading ${String(reading)})`
}

function linesOf(entries: readonly JsonObject[]): string[] {
  return entries.flatMap((entry) => printed(entry).split('\n'))
}

/** The end of a reprocessing, in words. */
export function totalsText(totals: RereadTotals, dryRun: boolean): string {
  const { unchanged, differs, pruned, erased, damaged, findings } = totals
  const lines = [
    `${count(unchanged + differs, 'delivery', 'deliveries')} read again: ${grouped(unchanged)} say the same, ${grouped(differs)} ${dryRun ? 'would be amended' : 'amended'}`,
    pruned > 0 &&
      `${count(pruned, 'delivery', 'deliveries')} not read: the raw body is gone (retention or erasure)`,
    erased > 0 &&
      `${count(erased, 'delivery', 'deliveries')} not read: something of it, or perhaps somebody in it, was erased and does not come back`,
    damaged > 0 &&
      `${count(damaged, 'delivery', 'deliveries')} not read: what is stored is not what was received; run hooktrail verify`,
    findings > 0 &&
      `${count(findings, 'finding', 'findings')} that the earlier readings did not give; nobody is told of old deliveries, look yourself`,
    dryRun &&
      differs > 0 &&
      'Nothing was changed. Without --dry-run, today’s readings are appended.',
  ]
  return `${lines.filter((line) => line !== false).join('\n')}\n`
}

function count(number: number, one: string, many: string): string {
  return `${grouped(number)} ${number === 1 ? one : many}`
}
