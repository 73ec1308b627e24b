import type { ChangedThing, Severity, WorkflowChange } from '../domain/index.js'
import type { RawChange } from './change.js'
import { namesForeignCode } from './expressions.js'
import type { FileFacts, Permissions, PipelineFacts } from './facts.js'
import { isWider, permissionsOf } from './permissions.js'
import { isHostedRunner } from './read-file.js'
import { usesOf, usedThing } from './uses.js'

/** Both versions, as far as they can be read. */
interface Versions {
  readonly before: PipelineFacts | undefined
  readonly after: PipelineFacts | undefined
}

/** Gives a change its severity, which may depend on the rest of the file. */
export function weigh(
  change: RawChange,
  before: FileFacts | undefined,
  after: FileFacts | undefined,
): WorkflowChange {
  const versions = { before: readable(before), after: readable(after) }
  const severity = severityOf(change, versions)
  return { ...withoutJobBefore(change), severity }
}

function withoutJobBefore(change: RawChange): Omit<WorkflowChange, 'severity'> {
  const { what, job, step, subject, before, after, linesBefore, linesAfter } = change
  return { what, change: change.change, job, step, subject, before, after, linesBefore, linesAfter }
}

function readable(facts: FileFacts | undefined): PipelineFacts | undefined {
  return facts?.kind === 'unreadable' ? undefined : facts
}

type Rule = (change: RawChange, versions: Versions) => Severity

/** By kind: how much a change of it can do. What only takes away rights or is cosmetic is 0. */
const RULES: Readonly<Record<ChangedThing, Rule>> = {
  unreadable: () => 3,
  kind: () => 2,
  name: () => 1,
  trigger,
  trigger_filter: ({ change }) => (change === 'removed' ? 2 : 1),
  permissions,
  secret: ({ change }, { after }) => (change === 'added' ? (isPrivileged(after) ? 3 : 2) : 0),
  all_secrets: ({ change }, { after }) => (change === 'added' ? (isPrivileged(after) ? 4 : 3) : 0),
  dynamic_secret: ({ change }) => (change === 'added' ? 3 : 0),
  variable: ({ change }) => (change === 'added' ? 1 : 0),
  injected: ({ change }, { after }) => (change === 'added' ? (isPrivileged(after) ? 4 : 3) : 0),
  env: () => 1,
  setting: () => 1,
  job: ({ change }) => (change === 'removed' ? 2 : 1),
  job_id: () => 1,
  job_name: () => 1,
  needs: ({ change }) => (change === 'removed' ? 2 : 1),
  runner,
  environment: ({ change }) => (change === 'added' ? 0 : 3),
  condition,
  continue_on_error: ({ after }) => (after === undefined || after === 'false' ? 0 : 2),
  uses,
  step: ({ change, after }) => (change === 'removed' ? 2 : fetchesCode(after) ? 3 : 1),
  step_order: () => 1,
  step_name: () => 0,
  run,
  with: withInput,
}

function severityOf(change: RawChange, versions: Versions): Severity {
  return RULES[change.what](change, versions)
}

/** Events that run with the repository's own rights and secrets at a stranger's word. */
const PRIVILEGED_EVENTS = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
])

/** Whether a workflow runs with full rights at the word of somebody who may have none. */
function isPrivileged(facts: PipelineFacts | undefined): boolean {
  return facts?.triggers.some(({ event }) => PRIVILEGED_EVENTS.has(event)) ?? false
}

function trigger({ change, subject = '' }: RawChange): Severity {
  if (change === 'removed') return 1
  return PRIVILEGED_EVENTS.has(subject) ? 3 : 1
}

function permissions({ job, jobBefore }: RawChange, { before, after }: Versions): Severity {
  const old = held(before, jobBefore ?? job)
  const now = held(after, job)
  if (now === undefined || !isWider(old ?? permissionsOf(undefined), now)) return 0
  return isPrivileged(after) && now.mode === 'write-all' ? 4 : 3
}

/** What a job's token really may: its own block, or the file's. */
function held(
  facts: PipelineFacts | undefined,
  jobId: string | undefined,
): Permissions | undefined {
  if (!facts) return undefined
  const own = facts.jobs.find(({ id }) => id === jobId)?.permissions
  return own === undefined || own.mode === 'default' ? facts.permissions : own
}

/** A machine of one's own keeps what a run leaves on it, and stands in one's own network. */
function runner({ job, after: now }: RawChange, { after }: Versions): Severity {
  if (now === undefined) return 0
  const machine = after?.jobs.find(({ id }) => id === job)?.runner
  if (machine === undefined || isHostedRunner(machine)) return 1
  return machine.selfHosted ? 3 : 2
}

const NEVER = /^(?:\$\{\{)?\s*(?:false|!\s*true)\s*(?:\}\})?$/i

function condition({ after }: RawChange): Severity {
  if (after === undefined) return 1
  return NEVER.test(after) ? 3 : 2
}

/** Whether a condition can never be met. */
export function isNever(condition: string): boolean {
  return NEVER.test(condition)
}

/** From a pin that nobody can move to one that somebody can, or to somebody else's code. */
function uses({ before, after }: RawChange): Severity {
  const [old, now] = [parsed(before), parsed(after)]
  if (!old || !now || usedThing(old) !== usedThing(now)) return 3
  if (old.pin === 'sha' && now.pin !== 'sha') return 3
  if (now.pin === 'none' && old.pin !== 'none') return 3
  return old.pin !== 'sha' && now.pin === 'sha' ? 0 : 1
}

function parsed(text: string | undefined): ReturnType<typeof usesOf> {
  const lines = { first: 1, last: 1 }
  return text === undefined
    ? undefined
    : usesOf({ kind: 'scalar', text, comment: undefined, lines })
}

/** Something is fetched or unpacked, and run at once. Bounded, so that a long line of such words is read in linear time. */
const FETCHED =
  /(?:curl|wget|iwr|Invoke-WebRequest)\b[^\n|]{0,500}\|\s{0,20}(?:sudo\s{1,20})?(?:\w{0,20}sh|python3?|node|iex)\b|base64\s{1,20}(?:-d|--decode|-D)[^\n|]{0,500}\|\s{0,20}(?:\w{0,20}sh|python3?|node)\b|\biex\b.{0,500}\b(?:iwr|DownloadString)/i
/** A failure that no longer counts. */
const FORGIVING = /\|\|\s*(?:true|:|exit 0)\s*$|^\s*(?:exit 0|set \+e)\s*$/m

export function fetchesCode(script: string | undefined): boolean {
  return script !== undefined && FETCHED.test(script)
}

function run({ before = '', after = '' }: RawChange): Severity {
  if (fetchesCode(after) && !fetchesCode(before)) return 3
  return FORGIVING.test(after) && !FORGIVING.test(before) ? 2 : 1
}

/** Checking out a pull request's own code where the repository's rights are in reach. */
function withInput({ subject = '', after }: RawChange, versions: Versions): Severity {
  const foreign =
    ['ref', 'repository'].includes(subject) && after !== undefined && namesForeignCode(after)
  if (!foreign) return 1
  return isPrivileged(versions.after) ? 4 : 2
}
