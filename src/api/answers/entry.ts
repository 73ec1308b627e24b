import { z } from 'zod'

import {
  CATEGORIES,
  OPERATIONS,
  OUTCOMES,
  SOURCE_KINDS,
  type Attribution,
  type AuditEntry,
  type CiContext,
  type EntryChange,
  type EntryPrincipal,
  type EntrySource,
  type EntryTarget,
  type HostedName,
  type Json,
  type Link,
  type Snapshot,
} from '../../core/domain/index.js'
import { named, type Shape } from './named.js'

// What the fields mean is said in docs/entry.md; here stands what a program needs.

const moment = z.iso.datetime()
/** `null` stands in the place of a text that was erased. */
const erasable = z.string().nullish()
/** Any JSON. */
const json = z.custom<Json>()

export const hostedName = named(
  'HostedName',
  z
    .object({ host: z.string(), id: z.int(), name: z.string() } satisfies Shape<HostedName>)
    .describe('A thing on a host: names change, ids do not.'),
)

export const principal = named(
  'Principal',
  z
    .object({
      type: z.enum(['user', 'app', 'bot', 'deploy_key', 'token', 'system', 'unknown']),
      subject: z.string().optional().describe('Random id that the log gives a person or machine.'),
      login: erasable,
      display: erasable,
    } satisfies Shape<EntryPrincipal>)
    .describe('Who did something. `login` and `display` are null when the person was erased.'),
)

export const attribution = named(
  'Attribution',
  z
    .object({
      confidence: z.enum(['verified', 'derived', 'unknown']),
      method: z.string(),
    } satisfies Shape<Attribution>)
    .describe('How sure we are of the actor, and from which field we know.'),
)

const target = z.object({
  type: z.string(),
  id: z.union([z.int(), z.string()]).optional(),
  name: erasable,
  url: z.string().optional(),
} satisfies Shape<EntryTarget>)

const change = z.object({
  path: z.string(),
  before: json.optional(),
  after: json.optional(),
} satisfies Shape<EntryChange>)

const snapshot = z.object({
  type: z.string(),
  id: z.union([z.int(), z.string()]),
  value: json,
  cut: z.literal(true).optional(),
} satisfies Shape<Snapshot>)

const link = z.object({ rel: z.string(), url: z.string() } satisfies Shape<Link>)

const source = z.object({
  system: z.string(),
  kind: z.enum(SOURCE_KINDS),
  delivery_id: z.string(),
  event: z.string(),
  raw_digest: z.string().optional(),
} satisfies Shape<EntrySource>)

export const runner = z.object({
  name: z.string().optional(),
  group: z.string().optional(),
  labels: z.array(z.string()).optional(),
})

export const referencedWorkflow = z.object({ path: z.string(), sha: z.string() })
export const step = z.object({ name: z.string(), conclusion: z.string() })

const ci = z.object({
  workflow: z.string().optional(),
  workflow_path: z.string().optional(),
  workflow_sha: z.string().optional(),
  run_id: z.int().optional(),
  run_number: z.int().optional(),
  run_attempt: z.int().optional(),
  job_id: z.int().optional(),
  job: z.string().optional(),
  event: z.string().optional(),
  ref: z.string().optional(),
  before_sha: z.string().optional(),
  head_sha: z.string().optional(),
  head_repo: hostedName.optional(),
  pull_requests: z.array(z.int()).optional(),
  environment: z.string().optional(),
  runner: runner.optional(),
  title: erasable,
  inputs: z.record(z.string(), z.string().nullable()).optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  referenced_workflows: z.array(referencedWorkflow).optional(),
  steps: z.array(step).optional(),
  artifacts: z.array(z.object({ name: z.string(), digest: z.string().optional() })).optional(),
} satisfies Shape<CiContext<string | null>>)

export const entry = named(
  'Entry',
  z
    .object({
      schema: z.literal(1),
      id: z.uuid(),
      seq: z.int().min(0).describe('Its number in the log, from 0 on without a gap.'),
      occurred_at: moment.describe('When it happened, as the source states it.'),
      recorded_at: moment.describe('When it was written to the log.'),
      action: z.string().describe('What happened: `<entity>.<participle>` (docs/events.md).'),
      operation: z.enum(OPERATIONS),
      category: z.enum(CATEGORIES),
      outcome: z.enum(OUTCOMES),
      severity: z
        .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
        .describe('0 info, 1 low, 2 medium, 3 high, 4 critical.'),
      actor: principal,
      triggering_actor: principal.optional(),
      on_behalf_of: z.array(principal).optional(),
      attribution,
      targets: z.array(target),
      account: hostedName.optional(),
      repo: hostedName.optional(),
      ci: ci.optional(),
      changes: z.array(change).optional(),
      snapshot: snapshot.optional(),
      reason: erasable,
      links: z.array(link).optional(),
      source,
      correlation_id: z.string().optional(),
      labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    } satisfies Shape<AuditEntry>)
    .describe('One fact of the log (docs/entry.md). null in place of a text: it was erased.'),
)
