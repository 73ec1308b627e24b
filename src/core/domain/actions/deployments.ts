import type { Actions } from './definition.js'

/** What goes where, and who let it. */
export const DEPLOYMENTS: Actions = {
  'deployment.created': {
    description: 'A commit is to be deployed to an environment.',
    category: 'deployment',
    operation: 'create',
    severity: 0,
    events: ['deployment.created'],
  },
  'deployment.status_changed': {
    description: 'A deployment went on, or ended; the outcome says how.',
    category: 'deployment',
    operation: 'update',
    severity: 0,
    events: ['deployment_status.created'],
  },
  'deployment.review_requested': {
    description: 'A job waits until somebody lets it deploy to a protected environment.',
    category: 'deployment',
    operation: 'execute',
    severity: 0,
    events: ['deployment_review.requested'],
  },
  'deployment.approved': {
    description:
      'Somebody let a job deploy to a protected environment; the reason is their comment.',
    category: 'deployment',
    operation: 'approve',
    severity: 1,
    events: ['deployment_review.approved'],
    auditLog: ['workflows.approve_workflow_job'],
  },
  'deployment.rejected': {
    description:
      'Somebody refused to let a job deploy to a protected environment; the reason is their comment.',
    category: 'deployment',
    operation: 'approve',
    severity: 1,
    events: ['deployment_review.rejected'],
    auditLog: ['workflows.reject_workflow_job'],
  },
  'deployment.gate_requested': {
    description: 'A job waits for the verdict of an App that guards the environment.',
    category: 'deployment',
    operation: 'execute',
    severity: 0,
    events: ['deployment_protection_rule.requested'],
  },
  'pages.built': {
    description: 'GitHub Pages built a site, or failed to.',
    category: 'deployment',
    operation: 'execute',
    severity: 0,
    events: ['page_build'],
  },
}
