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
  'delivery.altered': {
    description:
      'A delivery came again under a known GUID with another body; the first one stands.',
    category: 'system',
    operation: 'update',
    severity: 3,
    events: [],
  },
}
