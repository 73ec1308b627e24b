import { SEVERITIES, type WorkflowChange } from '../../core/domain/index.js'
import {
  changeSentence,
  permissionsText,
  stepLabel,
  unreadableSentence,
  type FileFacts,
  type Job,
  type PipelineFacts,
  type Settings,
  type Step,
  type Uses,
} from '../../core/workflows/index.js'
import { printable } from '../../platform/index.js'
import { severityStyle } from './entry.js'
import type { Styles } from './style.js'

/** A stranger's text, marked as one. */
function quote(text: string): string {
  return `“${printable(text)}”`
}

/** One line for each change, gravest first, with where it stands in the old and the new file. */
export function differenceText(changes: readonly WorkflowChange[], style: Styles): string {
  if (changes.length === 0) return 'No difference in meaning.\n'
  const lines = changes.map((change) => {
    const word = SEVERITIES[change.severity].padEnd(8)
    const mark = severityStyle(change, style) ?? style.dim
    return `${mark(word)}  ${changeSentence(change, quote)} ${style.dim(placeWords(change))}`
  })
  return `${lines.join('\n')}\n`
}

function placeWords({ linesBefore, linesAfter }: WorkflowChange): string {
  const parts = [
    linesAfter && `line ${String(linesAfter.first)}`,
    linesBefore &&
      `${linesAfter ? 'was ' : ''}line ${String(linesBefore.first)}${linesAfter ? '' : ' of the old file'}`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? '' : `(${parts.join(', ')})`
}

export function factsText(facts: FileFacts, style: Styles): string {
  const lines =
    facts.kind === 'unreadable' ? [`${unreadableSentence(facts, quote)}.`] : fileLines(facts, style)
  return `${lines.join('\n')}\n`
}

function fileLines(facts: PipelineFacts, style: Styles): string[] {
  const { references } = facts
  const all = [
    ...(references.allSecrets ? ['all of them'] : []),
    ...(references.dynamicSecrets ? ['one that is named when it runs'] : []),
  ]
  return [
    style.bold(
      `${facts.kind === 'action' ? 'Action' : 'Workflow'}${facts.name === undefined ? '' : ` ${quote(facts.name)}`}`,
    ),
    ...facts.triggers.map(({ event, filters }) =>
      field('runs on', `${printable(event)}${inline(filters)}`),
    ),
    ...(facts.kind === 'workflow'
      ? [field('permissions', printable(permissionsText(facts.permissions)))]
      : []),
    ...listField('secrets', [...references.secrets.keys(), ...all]),
    ...listField('variables', [...references.variables.keys()]),
    ...listField('strangers’ text in scripts', [...references.injected.keys()]),
    ...facts.jobs.flatMap((job) => ['', ...jobLines(job, style)]),
  ]
}

function field(name: string, value: string): string {
  return `  ${name}: ${value}`
}

function listField(name: string, values: readonly string[]): string[] {
  return values.length === 0
    ? []
    : [field(name, values.map((value) => printable(value)).join(', '))]
}

function inline(settings: Settings): string {
  const parts = [...settings].map(([key, { text }]) => `${printable(key)}: ${printable(text)}`)
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
}

function jobLines(job: Job, style: Styles): string[] {
  const { first, last } = job.lines
  const runner = job.runner && [
    ...(job.runner.group === undefined ? [] : [`group ${job.runner.group}`]),
    ...job.runner.labels,
    ...(job.runner.selfHosted ? ['(a machine of one’s own)'] : []),
  ]
  return [
    `${style.bold(`Job ${quote(job.id)}`)} ${style.dim(`lines ${String(first)}–${String(last)}`)}`,
    ...listField('runner', runner ?? []),
    ...listField('needs', job.needs),
    ...(job.permissions.mode === 'default'
      ? []
      : [field('permissions', printable(permissionsText(job.permissions)))]),
    ...listField('environment', job.environment ? [job.environment.text] : []),
    ...listField('only if', job.condition ? [job.condition.text] : []),
    ...(job.uses ? [field('calls', usesWords(job.uses))] : []),
    ...listField('secrets', [...job.references.secrets.keys()]),
    ...job.steps.map((step) => `  ${String(step.index + 1)}. ${stepWords(step)}`),
  ]
}

function stepWords(step: Step): string {
  const what = step.uses
    ? `uses ${usesWords(step.uses)}`
    : `runs ${quote(step.run?.text.split('\n', 1)[0] ?? '')}`
  const name = step.name ?? step.id
  const notes = [
    name === undefined ? '' : ` as ${quote(stepLabel(step))}`,
    step.condition ? `, only if ${quote(step.condition.text)}` : '',
    step.continueOnError ? ', whose failure does not count' : '',
  ]
  return `${what}${notes.join('')}`
}

function usesWords({ text, pin, comment, kind }: Uses): string {
  const pinned =
    pin === 'sha' ? 'pinned' : kind.startsWith('local') ? 'of this repository' : 'not pinned'
  return `${printable(text)} (${pinned}${comment === undefined ? '' : `, ${quote(comment)}`})`
}
