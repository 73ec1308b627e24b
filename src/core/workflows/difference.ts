import type { WorkflowChange } from '../domain/index.js'
import type { RawChange } from './change.js'
import {
  compareOne,
  comparePermissions,
  compareReferences,
  compareSettings,
  compareTriggers,
  usesSide,
  type Side,
  type Where,
} from './compare-parts.js'
import type { FileFacts, Job, PipelineFacts, Runner, Step } from './facts.js'
import { inOrder, matchJobs, matchSteps } from './match.js'
import { weigh } from './weigh.js'

/**
 * What is different in meaning, gravest first; nothing when only layout, comments or quotes are. Pure.
 * @param before `undefined`: the file was not there; @param after `undefined`: it is gone
 */
export function pipelineDifference(
  before: FileFacts | undefined,
  after: FileFacts | undefined,
): WorkflowChange[] {
  const changes = rawDifference(before, after).map((change) => weigh(change, before, after))
  // A sort that keeps the order of equals: within one severity as in the file.
  return changes.sort((one, other) => other.severity - one.severity)
}

/**
 * A file that can be read again is told as if it were new: what it said before nobody knows, and breaking it for one push
 * must not hide what comes with the next.
 */
function rawDifference(before: FileFacts | undefined, after: FileFacts | undefined): RawChange[] {
  const broken = compareOne('unreadable', {}, unreadableSide(before), unreadableSide(after))
  if (after?.kind === 'unreadable') return broken
  return [...broken, ...compareFiles(before?.kind === 'unreadable' ? undefined : before, after)]
}

function unreadableSide(facts: FileFacts | undefined): Side | undefined {
  if (facts?.kind !== 'unreadable') return undefined
  const lines = facts.line === undefined ? undefined : { first: facts.line, last: facts.line }
  return { text: facts.detail, lines }
}

const NOTHING: PipelineFacts = {
  kind: 'workflow',
  name: undefined,
  triggers: [],
  permissions: { mode: 'default', scopes: new Map(), lines: undefined },
  jobs: [],
  env: new Map(),
  settings: new Map(),
  references: {
    secrets: new Map(),
    variables: new Map(),
    allSecrets: undefined,
    dynamicSecrets: undefined,
    injected: new Map(),
  },
}

/** A file that is not there is one that says nothing, except about its kind and the rights that nobody had. */
function compareFiles(old: PipelineFacts | undefined, now: PipelineFacts | undefined): RawChange[] {
  const [before, after] = [old ?? NOTHING, now ?? NOTHING]
  return [
    ...(old && now ? compareOne('kind', {}, textSide(old.kind), textSide(now.kind)) : []),
    ...compareOne('name', {}, textSide(before.name), textSide(after.name)),
    ...compareTriggers(before.triggers, after.triggers),
    ...comparePermissions({}, before.permissions, after.permissions),
    ...compareReferences(before.references, after.references),
    ...compareSettings('env', {}, before.env, after.env),
    ...compareSettings('setting', {}, before.settings, after.settings),
    ...compareJobs(before, after),
  ]
}

function textSide(text: string | undefined): Side | undefined {
  return text === undefined ? undefined : { text, lines: undefined }
}

function compareJobs(before: PipelineFacts, after: PipelineFacts): RawChange[] {
  const { pairs, removed, added } = matchJobs(before.jobs, after.jobs)
  return [
    ...removed.flatMap((job) => loneJob(job, 'before')),
    ...added.flatMap((job) => loneJob(job, 'after')),
    ...pairs.flatMap(([one, other]) => compareJob(one, other)),
  ]
}

/** A job that only one version has, with the rights and the machine that it has of its own. */
function loneJob(job: Job, side: 'before' | 'after'): RawChange[] {
  const where = { job: job.id }
  const sides = <Part>(part: Part | undefined): [Part | undefined, Part | undefined] =>
    side === 'before' ? [part, undefined] : [undefined, part]
  const own = job.permissions.mode === 'default' ? undefined : job.permissions
  const runner = job.runner?.selfHosted === true ? runnerSide(job.runner) : undefined
  return [
    ...compareOne(
      'job',
      { ...where, subject: job.id },
      ...sides<Side>({ text: jobSummary(job), lines: job.lines }),
    ),
    // What a job that is gone might do, nobody may any more.
    ...(side === 'after' ? comparePermissions(where, undefined, own) : []),
    ...compareOne('runner', where, ...sides(runner)),
  ]
}

function jobSummary({ steps, uses }: Job): string {
  if (uses) return uses.text
  return steps.map(stepLabel).join('\n')
}

function compareJob(before: Job, after: Job): RawChange[] {
  const where = { job: after.id }
  const renamed = { ...where, jobBefore: before.id === after.id ? undefined : before.id }
  return [
    ...compareOne('job_id', where, textSide(before.id), textSide(after.id)),
    ...compareOne('job_name', where, textSide(before.name), textSide(after.name)),
    ...compareOne('needs', where, needsSide(before), needsSide(after)),
    ...comparePermissions(renamed, before.permissions, after.permissions),
    ...compareOne('runner', where, runnerSide(before.runner), runnerSide(after.runner)),
    ...compareOne('environment', where, before.environment, after.environment),
    ...compareOne('condition', where, before.condition, after.condition),
    ...compareOne('continue_on_error', where, before.continueOnError, after.continueOnError),
    ...compareOne('uses', where, usesSide(before.uses), usesSide(after.uses)),
    ...compareSettings('with', where, before.with, after.with),
    ...compareSettings('env', where, before.env, after.env),
    ...compareSettings('setting', where, before.settings, after.settings),
    ...compareSteps(where, before.steps, after.steps),
  ]
}

function needsSide({ needs, lines }: Job): Side | undefined {
  return needs.length === 0
    ? undefined
    : { text: [...needs].sort().join(', '), lines: { first: lines.first, last: lines.first } }
}

function runnerSide(runner: Runner | undefined): Side | undefined {
  if (!runner) return undefined
  const group = runner.group === undefined ? [] : [`group ${runner.group}`]
  return { text: [...group, ...[...runner.labels].sort()].join(', '), lines: runner.lines }
}

function compareSteps(where: Where, before: readonly Step[], after: readonly Step[]): RawChange[] {
  const { pairs, removed, added } = matchSteps(before, after)
  const kept = inOrder(pairs)
  return [
    ...removed.flatMap((step) =>
      compareOne('step', stepWhere(where, step), stepSide(step), undefined),
    ),
    ...added.flatMap((step) =>
      compareOne('step', stepWhere(where, step), undefined, stepSide(step)),
    ),
    ...pairs.flatMap(([one, other]) => [
      ...(kept.has(other) ? [] : compareOrder(where, one, other)),
      ...compareStep(stepWhere(where, other), one, other),
    ]),
  ]
}

/** Moved, as seen from the steps around it: at least one number is another. */
function compareOrder(where: Where, before: Step, after: Step): RawChange[] {
  const place = ({ index, lines }: Step): Side => ({ text: String(index + 1), lines })
  return compareOne('step_order', stepWhere(where, after), place(before), place(after))
}

function compareStep(where: Where, before: Step, after: Step): RawChange[] {
  return [
    ...compareOne('step_name', where, textSide(before.name), textSide(after.name)),
    ...compareOne('uses', where, usesSide(before.uses), usesSide(after.uses)),
    ...compareOne('run', where, before.run, after.run),
    ...compareOne('condition', where, before.condition, after.condition),
    ...compareOne('continue_on_error', where, before.continueOnError, after.continueOnError),
    ...compareSettings('with', where, before.with, after.with),
    ...compareSettings('env', where, before.env, after.env),
    ...compareSettings('setting', where, before.settings, after.settings),
  ]
}

function stepWhere({ job }: Where, step: Step): Where {
  return { job, step: stepLabel(step) }
}

function stepSide(step: Step): Side {
  return { text: step.uses?.text ?? step.run?.text ?? '', lines: step.lines }
}

/** What a person would call the step. */
export function stepLabel({ name, id, uses, run, index }: Step): string {
  return name ?? id ?? uses?.text ?? run?.text.split('\n', 1)[0] ?? `step ${String(index + 1)}`
}
