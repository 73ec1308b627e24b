import {
  CATEGORIES,
  OPERATIONS,
  OUTCOMES,
  SOURCE_KINDS,
  type PrincipalType,
} from '../domain/index.js'
import type { FieldName, FlagField, RangeField, TextField } from './query.js'

const ACTOR_TYPES = [
  'user',
  'app',
  'bot',
  'deploy_key',
  'token',
  'system',
  'unknown',
] as const satisfies readonly PrincipalType[]

interface Described {
  /** One sentence for the documentation and for completion. */
  readonly description: string
}

export interface FlagDefinition extends Described {
  readonly type: 'flag'
  readonly values: readonly string[]
}

export type TextDefinition = Described &
  (
    | { readonly type: 'action' | 'login' | 'repo' | 'text' | 'sha' | 'uuid' }
    | { readonly type: 'choice'; readonly values: readonly string[] }
  )

export interface RangeDefinition extends Described {
  readonly type: 'severity' | 'number' | 'date'
}

/** Every key of the language. A new one is one line here and one in `ledger/search/field-sql.ts`. */
export const FIELDS: Readonly<
  Record<FlagField, FlagDefinition> &
    Record<TextField, TextDefinition> &
    Record<RangeField, RangeDefinition>
> = {
  action: { type: 'action', description: 'What happened, or a name of GitHub’s audit log.' },
  category: { type: 'choice', values: CATEGORIES, description: 'The area that it belongs to.' },
  operation: { type: 'choice', values: OPERATIONS, description: 'What kind of act it was.' },
  outcome: { type: 'choice', values: OUTCOMES, description: 'How it ended.' },
  severity: { type: 'severity', description: 'How much it matters, by name or from 0 to 4.' },
  actor: { type: 'login', description: 'Login of who did it.' },
  actor_id: {
    type: 'uuid',
    description: 'Who did it, by the random id that the log gives a person.',
  },
  actor_type: { type: 'choice', values: ACTOR_TYPES, description: 'What kind of actor did it.' },
  via: { type: 'login', description: 'Login of who triggered this attempt (triggering actor).' },
  repo: { type: 'repo', description: 'Repository, as owner/name.' },
  org: { type: 'text', description: 'Organisation or account.' },
  workflow: { type: 'text', description: 'Name of the workflow, or its path if it has no name.' },
  job: { type: 'text', description: 'Name of the job.' },
  run: { type: 'number', description: 'Id of the workflow run.' },
  attempt: { type: 'number', description: 'Attempt of the run, 1 for the first.' },
  sha: { type: 'sha', description: 'Commit, by at least 7 digits of its SHA.' },
  ref: { type: 'text', description: 'Full Git reference, for example refs/heads/main.' },
  branch: { type: 'text', description: 'Branch.' },
  tag: { type: 'text', description: 'Tag.' },
  env: { type: 'text', description: 'Environment that is deployed to.' },
  source: { type: 'choice', values: SOURCE_KINDS, description: 'How Hooktrail learnt of it.' },
  event: { type: 'text', description: 'Event of the delivery, for example workflow_run.' },
  delivery: { type: 'text', description: 'GUID of the delivery that it came in.' },
  id: { type: 'uuid', description: 'Id of the entry.' },
  seq: { type: 'number', description: 'Number of the entry in the log, from 0 on.' },
  created: { type: 'date', description: 'When it happened, as the source states it.' },
  recorded: { type: 'date', description: 'When it was written to the log.' },
  is: {
    type: 'flag',
    values: ['bot', 'human', 'unattributed', 'failed', 'rerun', 'forced'],
    description: 'A fact about the entry.',
  },
  has: {
    type: 'flag',
    values: ['diff', 'reason'],
    description: 'Something that the entry carries.',
  },
}

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name)
}

export function isFlagField(name: FieldName): name is FlagField {
  return FIELDS[name].type === 'flag'
}

export function isRangeField(name: FieldName): name is RangeField {
  return ['severity', 'number', 'date'].includes(FIELDS[name].type)
}
