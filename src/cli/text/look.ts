import { printable } from '../../platform/index.js'
import type { Style, Styles } from './style.js'
import { when } from './times.js'

/** How a story is told on a terminal. */
export interface Look {
  readonly now: number
  /** Moments instead of how long ago. */
  readonly utc: boolean
  readonly styles: Styles
}

export type Pair = readonly [string, string]

/** A line of a story; none where there is nothing to say. */
export function pair(name: string, text: string | null | undefined): Pair[] {
  if (text === null) return [[name, '(erased)']]
  return text === undefined || text === '' ? [] : [[name, printable(text)]]
}

export function moment(time: string | undefined, { now, utc }: Look): string | undefined {
  return time === undefined || time === '' ? undefined : when(time, now, utc ? 'UTC' : undefined)
}

export function outcomeStyle(outcome: string, { red, green, yellow }: Styles): Style {
  if (outcome === 'success') return green
  return ['failure', 'timeout', 'error'].includes(outcome) ? red : yellow
}

/** What somebody wrote, in quotes and behind a colon; nothing where they wrote nothing. */
export function remark(text: string | null | undefined): string {
  if (text === null) return ': (erased)'
  return text === undefined || text === '' ? '' : `: “${printable(text)}”`
}
