import type { Actions } from './definition.js'

/** What no single delivery says and several together do. */
export const DERIVED: Actions = {
  'workflow_run.inputs_joined': {
    description: 'The inputs of a dispatch were joined to the run that it started.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: [],
  },
  'actor.traced': {
    description: 'What GitHub Actions’ own account did was traced to a run, and to who started it.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: [],
  },
  'actor.untraced': {
    description:
      'What GitHub Actions’ own account did cannot be traced to one run: none or several were in progress.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: [],
  },
  'deployment.rolled_back': {
    description: 'A deployment put an older commit in place of the one that was there.',
    category: 'deployment',
    operation: 'update',
    severity: 1,
    events: [],
  },
  'setting.differed': {
    description: 'An edit changed more than GitHub listed: two snapshots show it.',
    category: 'setting',
    operation: 'update',
    severity: 2,
    events: [],
  },
  'setting.baselined': {
    description:
      'An edit has no snapshot before it: what it changed and GitHub did not list cannot be told.',
    category: 'system',
    operation: 'read',
    severity: 0,
    events: [],
  },
  'derivation.withdrawn': {
    description:
      'Something derived earlier does not hold in the light of a delivery that came late.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: [],
  },
}
