import { z } from 'zod'

import type { AccountState, InstallationState, RepositoryState } from '../../core/state/index.js'
import { hostedName, principal } from './entry.js'
import { named, type Shape } from './named.js'
import { names } from './names.js'

export const repository = named(
  'Repository',
  z
    .object({
      host: z.string(),
      id: z.int(),
      ...names,
      account: hostedName.optional(),
      visibility: z.string().optional().describe('GitHub’s word: public, private, internal.'),
      archived: z.boolean().optional(),
      defaultBranch: z.string().optional(),
      deleted: z.boolean(),
      installationId: z.int().optional(),
      firstSeen: z.string(),
      lastSeen: z.string(),
    } satisfies Shape<RepositoryState>)
    .describe('A repository through all its names.'),
)

export const account = named(
  'Account',
  z
    .object({
      host: z.string(),
      id: z.int(),
      ...names,
      type: z.string().optional().describe('Organization or User.'),
      deleted: z.boolean(),
      installationIds: z.array(z.int()),
      firstSeen: z.string(),
      lastSeen: z.string(),
    } satisfies Shape<AccountState>)
    .describe('An organisation or person that owns repositories or installed Hooktrail.'),
)

export const installation = named(
  'Installation',
  z
    .object({
      host: z.string(),
      id: z.int(),
      account: hostedName.optional(),
      app: z.string().optional(),
      state: z.enum(['active', 'suspended', 'deleted']),
      endedBy: principal.optional(),
      endedAt: z.string().optional(),
      installedBy: principal.optional(),
      installedAt: z.string().optional(),
      permissions: z.record(z.string(), z.string()).optional(),
      events: z.array(z.string()).optional(),
      repositorySelection: z.string().optional().describe('all or selected.'),
      repositories: z.array(z.object({ id: z.int(), name: z.string() })),
      unnamedRepositories: z.int().describe('Counted by a delivery that did not name them.'),
      url: z.string().optional(),
    } satisfies Shape<InstallationState>)
    .describe('An installation of Hooktrail: what it may see, and whether it does.'),
)
