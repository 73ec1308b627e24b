import type { Actions } from './definition.js'

/** Runs of workflows and their jobs, and what starts them by hand. */
export const BUILDS: Actions = {
  'workflow_run.requested': {
    description: 'A workflow run was created and waits to start.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_run.requested'],
    auditLog: ['workflows.created_workflow_run'],
  },
  'workflow_run.rerun': {
    description: 'A workflow run was started again, with a higher attempt.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_run.requested'],
    auditLog: ['workflows.rerun_workflow_run'],
  },
  'workflow_run.started': {
    description: 'A workflow run began to work.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_run.in_progress'],
  },
  'workflow_run.completed': {
    description: 'A workflow run ended; the outcome says how.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_run.completed'],
    auditLog: ['workflows.completed_workflow_run'],
  },
  'workflow_job.queued': {
    description: 'A job of a run waits for a runner.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_job.queued'],
  },
  'workflow_job.waiting': {
    description: 'A job of a run waits for the protection rules of its environment.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_job.waiting'],
  },
  'workflow_job.started': {
    description: 'A runner took a job.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_job.in_progress'],
    auditLog: ['workflows.prepared_workflow_job'],
  },
  'workflow_job.completed': {
    description: 'A job ended; the outcome says how, the steps say where.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_job.completed'],
  },
  'workflow.dispatched': {
    description: 'Somebody started a workflow by hand, or by the API; its inputs are kept, sealed.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['workflow_dispatch'],
  },
  'repository.dispatched': {
    description:
      'Somebody sent an event of their own to a repository, which workflows may wait for.',
    category: 'build',
    operation: 'execute',
    severity: 0,
    events: ['repository_dispatch'],
  },
}
