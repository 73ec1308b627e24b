import { z } from 'zod'

import { isTimeZone } from '../platform/index.js'

// A message of a schema follows the parameter's name: “limit is a whole number from 1 to 1000”.

interface Bounds {
  readonly min: number
  readonly max: number
}

/** A whole number in decimal digits; never `1e3`, `0x10` or ` 7`. */
export function wholeNumber({
  min,
  max,
}: Bounds): z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>, z.ZodInt> {
  const error = `is a whole number from ${String(min)} to ${String(max)}`
  return z
    .string()
    .regex(/^\d{1,16}$/, { error })
    .transform(Number)
    .pipe(z.int({ error }).min(min, { error }).max(max, { error }))
}

/** A number that GitHub gave. */
export function githubId(
  description: string,
): z.ZodPipe<z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>, z.ZodInt> {
  return wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }).describe(description)
}

/** A name as GitHub allows them: letters, digits, `.`, `_` and `-`. */
export function plainName(description: string): z.ZodString {
  const error = 'is a name of letters, digits, “.”, “_” and “-”'
  return z
    .string()
    .regex(/^[\w.-]{1,100}$/, { error })
    .describe(description)
}

/** Any text in one line. */
export function shortText(description: string): z.ZodString {
  const error = 'has 1 to 200 characters, none of them a control character'
  return z
    .string()
    .regex(/^\P{Cc}{1,200}$/u, { error })
    .describe(description)
}

export const queryText = z
  .string()
  .default('')
  .describe('A query (docs/query-language.md). Without one: everything.')

export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'is a name such as Europe/Berlin, America/New_York or UTC' })
  .optional()
  .describe('IANA name of the time zone of dates in the query; the server’s own by default.')

export const pageCursor = z
  .string()
  .min(1, { error: 'is empty: leave it out, or send next_cursor as it came' })
  .optional()
  .describe('`next_cursor` of the page before, as it came; with the same query.')
