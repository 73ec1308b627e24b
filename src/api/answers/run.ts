import { z } from 'zod'

import { OUTCOMES } from '../../core/domain/index.js'
import type { AttemptState, JobState, RunInputs, RunState } from '../../core/state/index.js'
import { attribution, hostedName, principal, referencedWorkflow, runner, step } from './entry.js'
import { named, type Shape } from './named.js'

const job = named(
  'Job',
  z.object({
    jobId: z.int().optional(),
    name: z.string(),
    status: z.enum(['queued', 'waiting', 'in_progress', 'completed']),
    outcome: z.enum(OUTCOMES),
    environment: z.string().optional(),
    runner: runner.optional(),
    startedAt: z.string().optional(),
    completedAt: z.string().optional(),
    url: z.string().optional(),
    steps: z.array(step),
  } satisfies Shape<JobState>),
)

const attempt = named(
  'Attempt',
  z.object({
    attempt: z.int(),
    status: z.enum(['requested', 'queued', 'waiting', 'in_progress', 'completed']),
    outcome: z.enum(OUTCOMES),
    conclusion: z.string().optional(),
    actor: principal,
    onBehalfOf: z.array(principal),
    triggeringActor: principal.optional(),
    attribution,
    jobsRunAgain: z.enum(['all', 'failed', 'some']).optional(),
    startedAt: z.string().optional(),
    completedAt: z.string().optional(),
    url: z.string().optional(),
    jobs: z.array(job),
  } satisfies Shape<AttemptState>),
)

export const run = named(
  'Run',
  z
    .object({
      runId: z.int(),
      repo: hostedName.optional(),
      runNumber: z.int().optional(),
      workflow: z.string(),
      workflowPath: z.string().optional(),
      event: z.string().optional(),
      ref: z.string().optional(),
      headSha: z.string().optional(),
      headRepo: hostedName.optional(),
      title: z.string().nullish(),
      pullRequests: z.array(z.int()),
      referencedWorkflows: z.array(referencedWorkflow),
      url: z.string().optional(),
      attempts: z.array(attempt),
    } satisfies Shape<RunState>)
    .describe('A workflow run with all its attempts, computed from its entries.'),
)

export const runInputs = named(
  'RunInputs',
  z
    .object({
      runId: z.int(),
      values: z.record(z.string(), z.string().nullable()),
      actor: principal,
      confidence: z.string(),
      method: z.string(),
    } satisfies Shape<RunInputs>)
    .describe('What a run was dispatched with, by whom, and how sure we are.'),
)
