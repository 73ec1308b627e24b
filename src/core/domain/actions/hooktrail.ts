import type { Actions } from './definition.js'

/** What Hooktrail itself does. */
export const HOOKTRAIL: Actions = {
  'alert.opened': {
    description:
      'A policy found something that a person must know; it was reported on the commit, and as an issue where allowed.',
    category: 'finding',
    operation: 'create',
    severity: 0,
    events: [],
  },
  'saved_query.created': {
    description: 'A query was saved under a name (`hooktrail query save`).',
    category: 'system',
    operation: 'create',
    severity: 0,
    events: [],
  },
  'saved_query.updated': {
    description: 'A saved query got another text.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: [],
  },
  'saved_query.deleted': {
    description: 'A saved query was removed.',
    category: 'system',
    operation: 'delete',
    severity: 0,
    events: [],
  },
  'delivery.altered': {
    description:
      'A delivery came again under a known GUID with another body; the first one stands.',
    category: 'system',
    operation: 'update',
    severity: 3,
    events: [],
  },
}
