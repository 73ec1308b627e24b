import { z } from 'zod'

import {
  completeQuery,
  printQuery,
  type Completion,
  type WantedValues,
} from '../../core/search/index.js'
import { liveValues, SearchError } from '../../ledger/index.js'
import { allowed } from '../access.js'
import { named } from '../answers/named.js'
import { queryText, timeZone, wholeNumber } from '../parameters.js'
import { contextOf, operation, type Asked } from './operation.js'

/** A query is no longer than this anyway (core/search refuses it). */
const FURTHEST = 1_000_000
/** Of the log; a list that is longer nobody reads. */
const MOST_VALUES = 20

export const complete = operation({
  id: 'completeQuery',
  path: '/completion',
  scope: 'read',
  summary: 'What could stand at the cursor of a query',
  description:
    'Keys, operators and values; those of actors, repositories, workflows, environments and actions from the log, the most frequent first, among the entries that the rest of the query means. Faults elsewhere in the query do not matter.',
  parameters: z.object({
    query: queryText,
    tz: timeZone,
    cursor: wholeNumber({ min: 0, max: FURTHEST })
      .optional()
      .describe('In UTF-16 code units from the beginning; the end of the query by default.'),
  }),
  answer: named(
    'Completion',
    z.object({
      replace: z
        .object({ position: z.int(), length: z.int() })
        .describe('The text that a choice takes the place of.'),
      choices: z.array(
        z.object({
          text: z.string(),
          kind: z.enum(['key', 'operator', 'value']),
          description: z.string(),
          entries: z
            .int()
            .optional()
            .describe('How many have this value; an estimate where there are many.'),
        }),
      ),
    }),
  ),
  errors: [],
  async answerTo(asked) {
    const { query, cursor } = asked.parameters
    const at = Math.min(cursor ?? query.length, query.length)
    const { replace, choices, wanted } = completeQuery(query, at, await contextOf(asked))
    const live = wanted ? await liveChoices(asked, wanted) : []
    const known = new Map(choices.map((one) => [one.text, one]))
    const counted = live.map((one) => ({ ...(known.get(one.text) ?? one), entries: one.entries }))
    const texts = new Set(live.map(({ text }) => text))
    return { replace, choices: [...counted, ...choices.filter(({ text }) => !texts.has(text))] }
  },
})

type Choice = Completion['choices'][number]

/** None where the rest of the query cannot be asked, or takes too long: the others are offered all the same. */
async function liveChoices(
  { access, parts }: Asked<unknown>,
  { field, prefix, within }: WantedValues,
): Promise<(Choice & { readonly entries: number })[]> {
  try {
    const asked = { field, prefix, within: allowed(access, within) }
    const found = await liveValues(parts.database, asked, MOST_VALUES)
    return found.map(({ value, entries }) => {
      const printed = printQuery({ kind: 'text', field, any: [{ match: 'equals', text: value }] })
      const text = printed.slice(field.length + 1)
      return { text, kind: 'value', description: '', entries }
    })
  } catch (error) {
    if (error instanceof SearchError) return []
    throw error
  }
}
