import { z } from 'zod'

import type { Names, NameSpan, Renaming } from '../../core/state/index.js'
import { principal } from './entry.js'
import { named, type Shape } from './named.js'

export const nameSpan = named(
  'NameSpan',
  z
    .object({
      name: z.string(),
      firstSeen: z.string(),
      lastSeen: z.string(),
    } satisfies Shape<NameSpan>)
    .describe('A name, and when the first and the last entry with it happened.'),
)

const renaming = named(
  'Renaming',
  z.object({
    at: z.string(),
    kind: z.enum(['renamed', 'transferred']),
    before: z.string().nullish(),
    after: z.string().nullish(),
    actor: principal,
  } satisfies Shape<Renaming>),
)

/** What things with names have in common. */
export const names = {
  name: z.string().optional().describe('As of the latest entry.'),
  names: z.array(nameSpan).describe('The oldest first.'),
  renamings: z.array(renaming),
} satisfies Shape<Names>
