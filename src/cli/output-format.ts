import { Option, type Command } from 'commander'

import { readTimeZone } from './query.js'

/** How a command with entries answers. */
export interface FormatFlags {
  readonly json?: boolean
  readonly ndjson?: boolean
  readonly csv?: boolean
}

export interface TimeFlags {
  readonly utc?: boolean
  readonly tz?: string
}

/** `--json`, `--ndjson`, `--csv`: one of them at most. */
export function addFormatOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'one JSON document').conflicts(['ndjson', 'csv']))
    .addOption(new Option('--ndjson', 'one JSON object a line').conflicts(['csv']))
    .addOption(new Option('--csv', 'a table for spreadsheets, safe against formulas'))
}

/** `--utc`, `--tz`. */
export function addTimeOptions(command: Command): Command {
  return command
    .addOption(new Option('--utc', 'moments in UTC instead of how long ago').conflicts(['tz']))
    .option(
      '--tz <zone>',
      'moments, and dates of the query, in a time zone: Europe/Berlin',
      readTimeZone,
    )
}

/** The zone in which moments are told; without one, how long ago they were. */
export function shownZone({ utc, tz }: TimeFlags): string | undefined {
  return utc ? 'UTC' : tz
}
