import type { Output } from '../context.js'

const BAR = 24

/** One line that is written again and again, for a person who waits; in a pipe nothing. */
export function progressBar(
  output: Output,
  now: () => number,
): (done: number, total: number) => void {
  if (output.columns === undefined) return () => undefined
  let first: { readonly at: number; readonly done: number } | undefined
  let longest = 0
  return (done, total) => {
    first ??= { at: now(), done }
    const line = done < total ? progressLine(done, total, rateOf(first, done, now())) : ''
    longest = Math.max(longest, line.length)
    void output.write(`\r${line.padEnd(longest)}${line === '' ? '\r' : ''}`)
  }
}

/** `[████████····] 67 % of 200,000, 81,000/s, 1 s left` */
function progressLine(done: number, total: number, perSecond: number): string {
  const full = Math.floor((BAR * done) / total)
  const bar = '█'.repeat(full) + '·'.repeat(BAR - full)
  const percent = String(Math.floor((100 * done) / total)).padStart(3)
  const speed =
    perSecond > 0 ? `, ${grouped(perSecond)}/s, ${timeLeft((total - done) / perSecond)}` : ''
  return `[${bar}] ${percent} % of ${grouped(total)}${speed}`
}

function rateOf(
  first: { readonly at: number; readonly done: number },
  done: number,
  at: number,
): number {
  const seconds = (at - first.at) / 1000
  return seconds > 0 ? Math.round((done - first.done) / seconds) : 0
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `${String(Math.ceil(seconds))} s left`
  if (seconds < 3600) return `${String(Math.ceil(seconds / 60))} min left`
  return `${(seconds / 3600).toFixed(1)} h left`
}

/** 1234567 → 1,234,567 */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}
