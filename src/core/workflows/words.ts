// All that people read about a workflow's change. Texts of the file go through `quote`, which makes them safe for where
// they are shown: a terminal, Markdown.
import type { WorkflowChange } from '../domain/index.js'
import { namesForeignCode } from './expressions.js'
import type { UnreadableFacts } from './facts.js'
import { fetchesCode, isNever } from './weigh.js'

/** Makes a stranger's text safe, and marks it as one. */
export type Quote = (text: string) => string

/** One sentence without a full stop, for a list. */
export function changeSentence(change: WorkflowChange, quote: Quote): string {
  return `${sentences[change.what](change, quote)}${placeWords(change, quote)}`
}

/** Why a file cannot be read. */
export function unreadableSentence(
  { detail, line, column }: UnreadableFacts,
  quote: Quote,
): string {
  const place =
    line === undefined
      ? ''
      : `, line ${String(line)}${column === undefined ? '' : `, column ${String(column)}`}`
  return `It cannot be read: ${quote(detail)}${place}`
}

/** A few words for a title, without any of the file's text. */
export function changeTitle({ what, change, severity }: WorkflowChange): string {
  if (what === 'with' && severity >= 2) return 'stranger’s code checked out'
  if (what === 'permissions' && severity === 0) return 'permissions narrowed'
  return TITLES[what][change] ?? TITLES[what].changed ?? 'pipeline changed'
}

type Titles = Readonly<Partial<Record<WorkflowChange['change'], string>>>

const TITLES: Readonly<Record<WorkflowChange['what'], Titles>> = {
  unreadable: {
    added: 'workflow unreadable',
    removed: 'workflow was unreadable',
    changed: 'workflow unreadable',
  },
  kind: { changed: 'file turned into another kind' },
  name: { changed: 'workflow renamed' },
  trigger: { added: 'trigger added', removed: 'trigger removed' },
  trigger_filter: { changed: 'trigger filter changed' },
  permissions: { changed: 'permissions widened' },
  secret: { added: 'secret newly used', removed: 'secret no longer used' },
  all_secrets: { added: 'all secrets handed over', removed: 'no longer all secrets' },
  dynamic_secret: { added: 'secret chosen at run time', removed: 'no secret chosen at run time' },
  variable: { added: 'variable newly used', removed: 'variable no longer used' },
  injected: { added: 'stranger’s text in a script', removed: 'no stranger’s text in a script' },
  env: { changed: 'environment variable changed' },
  setting: { changed: 'setting changed' },
  job: { added: 'job added', removed: 'job removed' },
  job_id: { changed: 'job renamed' },
  job_name: { changed: 'job renamed' },
  needs: { changed: 'order of jobs changed' },
  runner: { changed: 'runner changed' },
  environment: {
    added: 'environment added',
    removed: 'environment removed',
    changed: 'environment changed',
  },
  condition: { changed: 'condition changed' },
  continue_on_error: { changed: 'failure ignored' },
  uses: { changed: 'action changed' },
  step: { added: 'step added', removed: 'step removed' },
  step_order: { changed: 'step moved' },
  step_name: { changed: 'step renamed' },
  run: { changed: 'command changed' },
  with: { changed: 'input changed' },
}

type Sentence = (change: WorkflowChange, quote: Quote) => string

const sentences: Readonly<Record<WorkflowChange['what'], Sentence>> = {
  unreadable: ({ change, after, before }, quote) =>
    change === 'removed'
      ? `Can be read again; before it could not (${quote(before ?? '')}), so everything below counts as new`
      : `Can no longer be read: ${quote(after ?? '')}`,
  kind: ({ before, after }, quote) => `Was ${quote(before ?? '')}, is ${quote(after ?? '')} now`,
  name: (change, quote) => valueWords('The name', change, quote),
  trigger: triggerSentence,
  trigger_filter: (change, quote) =>
    valueWords(`The filter ${quote(change.subject ?? '')}`, change, quote),
  permissions: permissionsSentence,
  secret: (change, quote) =>
    `${nowOrNoLonger(change)} uses the secret ${quote(change.subject ?? '')}`,
  all_secrets: (change) => `${nowOrNoLonger(change)} hands over all secrets at once`,
  dynamic_secret: (change) =>
    `${nowOrNoLonger(change)} uses a secret whose name is decided when it runs`,
  variable: (change, quote) =>
    `${nowOrNoLonger(change)} uses the variable ${quote(change.subject ?? '')}`,
  injected: (change, quote) =>
    `${nowOrNoLonger(change)} puts ${quote(change.subject ?? '')}, which a stranger can write, into a script`,
  env: (change, quote) =>
    valueWords(`The environment variable ${quote(change.subject ?? '')}`, change, quote),
  setting: (change, quote) => valueWords(quote(change.subject ?? ''), change, quote),
  job: jobSentence,
  job_id: ({ before, after }, quote) =>
    `The job ${quote(before ?? '')} is called ${quote(after ?? '')} now`,
  job_name: (change, quote) => valueWords('The shown name', change, quote),
  needs: (change, quote) => valueWords('What it waits for', change, quote),
  runner: (change, quote) => valueWords('The runner', change, quote),
  environment: environmentSentence,
  condition: conditionSentence,
  continue_on_error: continueSentence,
  uses: usesSentence,
  step: stepSentence,
  step_order: ({ step, before, after }, quote) =>
    `The step ${quote(step ?? '')} moved from place ${before ?? ''} to ${after ?? ''}`,
  step_name: (change, quote) => valueWords('The shown name', change, quote),
  run: runSentence,
  with: withSentence,
}

/** Jobs and steps that the sentence does not name itself. */
function placeWords({ what, job, step }: WorkflowChange, quote: Quote): string {
  const inJob =
    job === undefined || what === 'job' || what === 'job_id' ? '' : ` in job ${quote(job)}`
  const named =
    step === undefined || what === 'step' || what === 'step_order' ? '' : `, step ${quote(step)}`
  return `${inJob}${named}`
}

function nowOrNoLonger({ change }: WorkflowChange): string {
  return change === 'removed' ? 'No longer' : 'Now'
}

const LONGEST = 100

/** The first line of it, as far as it is worth showing. */
function shown(text: string | undefined, quote: Quote): string {
  const [first = '', ...more] = (text ?? '').split('\n')
  const cut = first.length > LONGEST || more.length > 0
  return first === '' && !cut
    ? 'nothing'
    : quote(cut ? `${Array.from(first).slice(0, LONGEST).join('')}…` : first)
}

function valueWords(
  thing: string,
  { change, before, after }: WorkflowChange,
  quote: Quote,
): string {
  if (change === 'added') return `${thing} is new: ${shown(after, quote)}`
  if (change === 'removed') return `${thing} is gone: it was ${shown(before, quote)}`
  return `${thing} is ${shown(after, quote)}, was ${shown(before, quote)}`
}

const EVENT_NOTES: Readonly<Record<string, string>> = {
  pull_request_target: 'with the repository’s secrets, for pull requests from anybody',
  workflow_run: 'with the repository’s secrets, after another workflow',
  issue_comment: 'with the repository’s secrets, when anybody comments',
  issues: 'with the repository’s secrets, when anybody opens an issue',
  discussion: 'with the repository’s secrets, when anybody opens a discussion',
  discussion_comment: 'with the repository’s secrets, when anybody comments',
}

function triggerSentence({ change, subject = '', after }: WorkflowChange, quote: Quote): string {
  if (change === 'removed') return `No longer runs on ${quote(subject)}`
  const note = EVENT_NOTES[subject]
  const filters = after === undefined || after === '' ? '' : ` (${shown(after, quote)})`
  return `Now runs on ${quote(subject)}${filters}${note === undefined ? '' : `: ${note}`}`
}

function permissionsSentence({ severity, before, after }: WorkflowChange, quote: Quote): string {
  const verb = severity >= 3 ? 'Permissions widened' : 'Permissions changed'
  return `${verb}: ${rights(after, quote)}, were ${rights(before, quote)}`
}

function rights(text: string | undefined, quote: Quote): string {
  return text === undefined || text === 'default' ? 'the default' : shown(text, quote)
}

function jobSentence(
  { change, subject = '', before, after }: WorkflowChange,
  quote: Quote,
): string {
  const steps =
    (change === 'removed' ? before : after)?.split('\n').filter((line) => line !== '') ?? []
  const what =
    steps.length === 0
      ? ''
      : ` (${steps
          .slice(0, 5)
          .map((step) => shown(step, quote))
          .join(', ')}${steps.length > 5 ? ', …' : ''})`
  return `The job ${quote(subject)} is ${change === 'removed' ? 'gone' : 'new'}${what}`
}

function environmentSentence({ change, before, after }: WorkflowChange, quote: Quote): string {
  if (change === 'added') return `Now deploys to the environment ${shown(after, quote)}`
  if (change === 'removed') {
    return `No longer in the environment ${shown(before, quote)}, whose protection and secrets do not apply any more`
  }
  return `Deploys to the environment ${shown(after, quote)}, not to ${shown(before, quote)}`
}

function conditionSentence({ change, before, after = '' }: WorkflowChange, quote: Quote): string {
  if (change === 'removed') return `Now always runs: the condition ${shown(before, quote)} is gone`
  if (isNever(after)) return 'Never runs any more: its condition is never met'
  return change === 'added'
    ? `Runs only if ${shown(after, quote)}`
    : `Runs if ${shown(after, quote)}, not if ${shown(before, quote)}`
}

function continueSentence({ severity, after }: WorkflowChange, quote: Quote): string {
  if (severity === 0) return 'Its failure counts again'
  return after === 'true'
    ? 'Its failure no longer counts'
    : `Its failure no longer counts if ${shown(after, quote)}`
}

function usesSentence({ severity, before, after, change }: WorkflowChange, quote: Quote): string {
  if (change !== 'changed')
    return valueWords('What it uses', { change, before, after } as WorkflowChange, quote)
  const note =
    severity === 3 && isUnpinning(before, after) ? ', which can be moved: pin the commit' : ''
  return `Uses ${shown(after, quote)}${note}, not ${shown(before, quote)}`
}

function isUnpinning(before = '', after = ''): boolean {
  const pinned = /@(?:sha256:)?(?:[0-9a-f]{40}|[0-9a-f]{64})$/i
  return pinned.test(before) && !pinned.test(after)
}

function stepSentence({ change, step = '', before, after }: WorkflowChange, quote: Quote): string {
  const text = change === 'removed' ? before : after
  const does = text === undefined || text === '' || text === step ? '' : `: ${shown(text, quote)}`
  const note = change === 'added' && fetchesCode(after) ? ', which runs what it fetches' : ''
  return `The step ${quote(step)} is ${change === 'removed' ? 'gone' : 'new'}${does}${note}`
}

function runSentence(
  { change, before = '', after = '', step, ...rest }: WorkflowChange,
  quote: Quote,
): string {
  if (change !== 'changed')
    return valueWords('The command', { change, before, after, step, ...rest }, quote)
  const [old, now] = [before.split('\n'), after.split('\n')]
  const [had, has] = [new Set(old), new Set(now)]
  const gone = old.filter((line) => !has.has(line))
  const come = now.filter((line) => !had.has(line))
  const note = fetchesCode(after) && !fetchesCode(before) ? '; it runs what it fetches' : ''
  return `Its commands changed: ${lineWords(come, 'new', quote)}, ${lineWords(gone, 'gone', quote)}${note}`
}

function lineWords(lines: readonly string[], fate: string, quote: Quote): string {
  const told = lines.filter((line) => line.trim() !== '')
  if (told.length === 0) return `nothing ${fate}`
  const more = told.length > 1 ? ` and ${String(told.length - 1)} more` : ''
  return `${fate} ${shown(told[0]?.trim(), quote)}${more}`
}

function withSentence(change: WorkflowChange, quote: Quote): string {
  const { subject = '', after } = change
  const foreign =
    ['ref', 'repository'].includes(subject) && after !== undefined && namesForeignCode(after)
  const note = foreign ? ' (the code of whoever opened the pull request)' : ''
  return `${valueWords(`The input ${quote(subject)}`, change, quote)}${note}`
}
