import {
  CATEGORIES,
  OPERATIONS,
  OUTCOMES,
  SOURCE_KINDS,
  type PrincipalType,
} from '../domain/index.js'

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
  /** The subject of a sentence that explains a query: `the actor` is octocat. */
  readonly says: string
  /** Keys that people write for it who come from elsewhere: suggested, never guessed. */
  readonly meant?: readonly string[]
}

export interface FlagDefinition {
  readonly type: 'flag'
  readonly description: string
  readonly values: readonly string[]
  /** Each value as the end of a sentence about an entry: “it …”. */
  readonly meanings: Readonly<Record<string, string>>
}

export type TextDefinition = Described &
  (
    | {
        readonly type:
          'action' | 'login' | 'repo' | 'text' | 'sha' | 'uuid' | 'pull_request' | 'target'
      }
    | { readonly type: 'choice'; readonly values: readonly string[] }
  )

export interface RangeDefinition extends Described {
  readonly type: 'severity' | 'number' | 'date'
}

/** Every key of the language. A new one is one line here; the compiler then asks for its line in `ledger/search/field-sql.ts`. */
const TABLE = {
  action: {
    type: 'action',
    says: 'the action',
    meant: ['event_type'],
    description: 'What happened, or a name of GitHub’s audit log.',
  },
  category: {
    type: 'choice',
    says: 'the category',
    meant: ['area'],
    values: CATEGORIES,
    description: 'The area that it belongs to.',
  },
  operation: {
    type: 'choice',
    says: 'the operation',
    values: OPERATIONS,
    description: 'What kind of act it was.',
  },
  outcome: {
    type: 'choice',
    says: 'the outcome',
    meant: ['status', 'conclusion', 'result'],
    values: OUTCOMES,
    description: 'How it ended.',
  },
  severity: {
    type: 'severity',
    says: 'the severity',
    meant: ['level', 'priority'],
    description: 'How much it matters, by name or from 0 to 4.',
  },
  actor: {
    type: 'login',
    says: 'the actor',
    meant: ['user', 'author', 'by', 'who', 'login', 'sender'],
    description: 'Login of who did it.',
  },
  actor_id: {
    type: 'uuid',
    says: 'the actor’s id',
    meant: ['subject', 'user_id'],
    description: 'Who did it, by the random id that the log gives a person.',
  },
  actor_type: {
    type: 'choice',
    says: 'the kind of actor',
    values: ACTOR_TYPES,
    description: 'What kind of actor did it.',
  },
  via: {
    type: 'login',
    says: 'the triggering actor',
    meant: ['triggering_actor', 'triggered_by'],
    description: 'Login of who triggered this attempt (triggering actor).',
  },
  repo: {
    type: 'repo',
    says: 'the repository',
    meant: ['repository', 'project'],
    description: 'Repository, as owner/name.',
  },
  org: {
    type: 'text',
    says: 'the organisation',
    meant: ['organization', 'organisation', 'owner', 'account'],
    description: 'Organisation or account.',
  },
  workflow: {
    type: 'text',
    says: 'the workflow',
    meant: ['pipeline', 'workflow_name'],
    description: 'Name of the workflow, or its path if it has no name.',
  },
  job: { type: 'text', says: 'the job', meant: ['job_name'], description: 'Name of the job.' },
  run: {
    type: 'number',
    says: 'the run',
    meant: ['run_id', 'workflow_run', 'build'],
    description: 'Id of the workflow run.',
  },
  attempt: {
    type: 'number',
    says: 'the attempt',
    meant: ['run_attempt', 'try'],
    description: 'Attempt of the run, 1 for the first.',
  },
  sha: {
    type: 'sha',
    says: 'the commit',
    meant: ['commit', 'head_sha', 'revision'],
    description: 'Commit, by at least 7 digits of its SHA.',
  },
  ref: {
    type: 'text',
    says: 'the Git reference',
    meant: ['reference'],
    description: 'Full Git reference, for example refs/heads/main.',
  },
  branch: {
    type: 'text',
    says: 'the branch',
    meant: ['head', 'base', 'head_branch'],
    description: 'Branch.',
  },
  tag: { type: 'text', says: 'the tag', meant: ['release', 'version'], description: 'Tag.' },
  pr: {
    type: 'pull_request',
    says: 'the pull request',
    meant: ['pull', 'pull_request', 'pr_number', 'mr'],
    description: 'Pull request by number: itself, and runs, checks and merges that name it.',
  },
  env: {
    type: 'text',
    says: 'the environment',
    meant: ['environment', 'deployment'],
    description: 'Environment that is deployed to.',
  },
  secret: {
    type: 'text',
    says: 'the secret',
    meant: ['variable', 'token', 'credential'],
    description:
      'Secret or variable by name; alert of secret scanning by number or kind of secret.',
  },
  artifact: {
    type: 'text',
    says: 'the artifact',
    meant: ['package', 'asset', 'digest', 'file'],
    description: 'Artifact, package or file of a release, by name, digest or id.',
  },
  target: {
    type: 'target',
    says: 'the target',
    meant: ['object', 'resource'],
    description: 'What it was done to, as type:name or type:id, for example ruleset:main.',
  },
  source: {
    type: 'choice',
    says: 'the source',
    values: SOURCE_KINDS,
    description: 'How Hooktrail learnt of it.',
  },
  event: {
    type: 'text',
    says: 'the delivered event',
    meant: ['webhook', 'trigger'],
    description: 'Event of the delivery, for example workflow_run.',
  },
  delivery: {
    type: 'text',
    says: 'the delivery',
    meant: ['guid', 'delivery_id'],
    description: 'GUID of the delivery that it came in.',
  },
  id: {
    type: 'uuid',
    says: 'the entry’s id',
    meant: ['entry', 'uuid'],
    description: 'Id of the entry.',
  },
  seq: {
    type: 'number',
    says: 'the number in the log',
    meant: ['number', 'index'],
    description: 'Number of the entry in the log, from 0 on.',
  },
  created: {
    type: 'date',
    says: 'it happened',
    meant: ['date', 'time', 'when', 'since', 'after', 'before', 'occurred', 'updated', 'timestamp'],
    description: 'When it happened, as the source states it.',
  },
  recorded: {
    type: 'date',
    says: 'it was recorded',
    meant: ['received'],
    description: 'When it was written to the log.',
  },
  is: flags('A fact about the entry.', {
    bot: 'was done by a bot or an app',
    human: 'was done by a person',
    unattributed: 'has no known actor',
    failed: 'failed',
    rerun: 'is a re-run',
    forced: 'was forced',
    rollback: 'is a rollback',
    override: 'went past a rule that stood in the way, or allowed somebody to',
    weakened: 'weakened a protection',
    finding: 'is a finding',
  }),
  has: flags('Something that the entry carries.', {
    diff: 'shows what changed',
    reason: 'carries a reason',
    approval: 'belongs to a deployment that somebody approved',
  }),
} as const satisfies Readonly<Record<string, FlagDefinition | TextDefinition | RangeDefinition>>

type Table = typeof TABLE
export type FieldName = keyof Table

/** The keys of the table whose definition is of this type. */
type Named<Definition extends { readonly type: string }> = {
  [Name in FieldName]: Table[Name]['type'] extends Definition['type'] ? Name : never
}[FieldName]

export type FlagField = Named<FlagDefinition>
export type TextField = Named<TextDefinition>
export type RangeField = Named<RangeDefinition>

export const FIELDS: Readonly<
  Record<FlagField, FlagDefinition> &
    Record<TextField, TextDefinition> &
    Record<RangeField, RangeDefinition>
> = TABLE

function flags(description: string, meanings: Readonly<Record<string, string>>): FlagDefinition {
  return { type: 'flag', description, values: Object.keys(meanings), meanings }
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
