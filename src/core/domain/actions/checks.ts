import type { Actions } from './definition.js'

/** What Apps and other systems say about commits. */
export const CHECKS: Actions = {
  'check_suite.requested': {
    description: 'GitHub asked an App to check a commit that was pushed.',
    category: 'quality',
    operation: 'execute',
    severity: 0,
    events: ['check_suite.requested'],
  },
  'check_suite.rerequested': {
    description: 'Somebody asked an App to check a commit again, all of its checks.',
    category: 'quality',
    operation: 'execute',
    severity: 0,
    events: ['check_suite.rerequested'],
  },
  'check_suite.completed': {
    description: 'All checks of an App on a commit ended; the outcome says how.',
    category: 'quality',
    operation: 'execute',
    severity: 0,
    events: ['check_suite.completed'],
  },
  'check_run.created': {
    description: 'An App began a check of a commit.',
    category: 'quality',
    operation: 'create',
    severity: 0,
    events: ['check_run.created'],
  },
  'check_run.completed': {
    description: 'A check of a commit ended; the outcome says how.',
    category: 'quality',
    operation: 'update',
    severity: 0,
    events: ['check_run.completed'],
  },
  'check_run.rerequested': {
    description: 'Somebody asked for a check to be made again.',
    category: 'quality',
    operation: 'execute',
    severity: 0,
    events: ['check_run.rerequested'],
  },
  'check_run.action_requested': {
    description: 'Somebody pressed a button that an App had put on its check.',
    category: 'quality',
    operation: 'execute',
    severity: 0,
    events: ['check_run.requested_action'],
  },
  'commit_status.reported': {
    description: 'A system reported how a commit did; the outcome says how.',
    category: 'quality',
    operation: 'create',
    severity: 0,
    events: ['status'],
  },
}
