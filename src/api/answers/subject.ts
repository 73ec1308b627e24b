import { z } from 'zod'

import type { SubjectState } from '../../core/state/index.js'
import { principal } from './entry.js'
import { named, type Shape } from './named.js'
import { nameSpan } from './names.js'

export const subject = named(
  'Subject',
  z
    .object({
      subject: z.string().describe('The random id that stands for them in leaves.'),
      host: z.string(),
      type: principal.shape.type,
      login: z.string().optional().describe('As of the latest entry.'),
      logins: z.array(nameSpan).describe('The oldest first.'),
      displays: z.array(nameSpan),
      firstSeen: z.string(),
      lastSeen: z.string(),
    } satisfies Shape<SubjectState>)
    .describe('A person or a machine through all its logins.'),
)
