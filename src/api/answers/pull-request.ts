import { z } from 'zod'

import type { MergeState, PullRequestState, PullReview } from '../../core/state/index.js'
import { attribution, hostedName, principal } from './entry.js'
import { named, type Shape } from './named.js'

const review = named(
  'PullReview',
  z.object({
    id: z.union([z.int(), z.string()]),
    verdict: z.enum(['approved', 'changes_requested', 'commented', 'dismissed']),
    reviewer: principal,
    at: z.string(),
    sha: z.string().optional().describe('The commit that was looked at.'),
    comment: z.string().nullish(),
    dismissedBy: principal.optional(),
    url: z.string().optional(),
  } satisfies Shape<PullReview>),
)

const merge = named(
  'Merge',
  z.object({
    way: z.enum(['direct', 'auto_merge', 'merge_queue']),
    attribution,
    at: z.string(),
    actor: principal,
    requestedBy: principal.optional().describe('Who asked for it beforehand.'),
    commit: z.string().optional(),
    byAuthor: z.boolean(),
  } satisfies Shape<MergeState>),
)

export const pullRequest = named(
  'PullRequest',
  z
    .object({
      repo: hostedName,
      number: z.int(),
      state: z.enum(['open', 'closed', 'merged']),
      draft: z.boolean(),
      title: z.string().nullish(),
      author: principal,
      openedAt: z.string().optional(),
      closedBy: principal.optional().describe('Whoever closed it without merging.'),
      base: z.string().optional(),
      head: z.string().optional(),
      headSha: z.string().optional(),
      headRepo: hostedName.optional(),
      inQueue: z.boolean(),
      reviews: z.array(review),
      merge: merge.optional(),
      url: z.string().optional(),
    } satisfies Shape<PullRequestState>)
    .describe('A pull request: who opened, reviewed and merged it, and in which way.'),
)
