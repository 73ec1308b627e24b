import { z } from 'zod'

import { OUTCOMES } from '../../core/domain/index.js'
import type {
  DeploymentReview,
  DeploymentState,
  DeploymentStatus,
  Rollback,
} from '../../core/state/index.js'
import { attribution, hostedName, principal } from './entry.js'
import { named, type Shape } from './named.js'

export const deploymentReview = named(
  'DeploymentReview',
  z
    .object({
      verdict: z.enum(['requested', 'approved', 'rejected']),
      actor: principal,
      at: z.string(),
      runId: z.int(),
      attempt: z.int(),
      environments: z.array(z.string()),
      comment: z.string().nullish(),
      ownRun: z.boolean().describe('Whether whoever started the run decided on it.'),
      reviewers: z.array(z.string().nullable()).describe('Of a request: who may decide.'),
    } satisfies Shape<DeploymentReview>)
    .describe('That somebody was asked to let a job deploy, did, or refused.'),
)

const deploymentStatus = z.object({
  state: z.string(),
  outcome: z.enum(OUTCOMES),
  at: z.string(),
  actor: principal,
  description: z.string().nullish(),
  url: z.string().optional(),
} satisfies Shape<DeploymentStatus>)

const rollback = z.object({
  from: z.string().optional().describe('The commit that was there.'),
  confidence: z.string().optional(),
  method: z.string(),
} satisfies Shape<Rollback>)

export const deployment = named(
  'Deployment',
  z
    .object({
      host: z.string(),
      id: z.int(),
      repo: hostedName.optional(),
      environment: z.string().optional(),
      sha: z.string().optional(),
      ref: z.string().optional(),
      task: z.string().optional(),
      production: z.boolean(),
      runId: z.int().optional(),
      runAttempt: z.int().optional(),
      workflow: z.string().optional(),
      actor: principal,
      onBehalfOf: z.array(principal),
      attribution,
      createdAt: z.string().optional(),
      description: z.string().nullish(),
      state: z.string().describe('GitHub’s word for where it is.'),
      outcome: z.enum(OUTCOMES),
      statuses: z.array(deploymentStatus),
      reviews: z.array(deploymentReview),
      url: z.string().optional(),
      standing: z
        .enum(['current', 'superseded', 'inactive'])
        .optional()
        .describe('Absent for one that never succeeded.'),
      supersededBy: z.int().optional().describe('The deployment that took its place.'),
      rollback: rollback.optional(),
    } satisfies Shape<DeploymentState>)
    .describe('Who sent which commit where, who let them, and whether it is what is there now.'),
)
