// All that people read in the check run. Text of strangers goes through code() or escapeMarkdown(), without
// exception; words here must not look like a reference to GitHub (no number sign, no at sign).
import type {
  Attribution,
  CheckRunReport,
  Outcome,
  ReportChange,
  ReportFinding,
  ReportGreenRun,
  ReportJob,
  ReportProof,
  ReportPush,
  ReportRepo,
  ReportRun,
  ReportWindow,
} from '../../core/domain/index.js'
import { SEVERITIES } from '../../core/domain/index.js'
import { code, escapeMarkdown, link, minute, person } from '../markdown.js'
import { attemptsByRun } from './attempts.js'
import { definitionLines, definitionNote, pipelineTitle } from './definition-prose.js'
import type { Section } from './layout.js'
import type { Notable } from './notable.js'

/** Said where the two fields of a check run are too small. */
export const CUT_NOTE =
  '\n*The rest does not fit into a check run: GitHub allows 65,535 characters. The log has all of it.*'

const MOST_LISTED = 50

/** What stands in the title for a notable fact: few words, none of a stranger's. */
export function shortName(notable: Notable): string {
  switch (notable.kind) {
    case 'finding':
      return notable.finding.title
    case 'forced_push':
      return 'forced push'
    case 'pipeline_changed':
      return pipelineTitle(notable.push)
    case 'hidden_failure':
      return 'green with a failed step'
    case 'rerun_to_green':
      return 'green only after a re-run'
    case 'rerun_by_another':
      return 're-run by somebody else'
    case 'changed_around':
      return 'settings or secrets changed'
  }
}

/** One line of Markdown for each notable fact. */
function sentence(notable: Notable, home: string): string {
  switch (notable.kind) {
    case 'finding':
      return findingLine(notable.finding, home)
    case 'forced_push':
      return `**Forced push** by ${person(notable.push.actor)} to ${refName(notable.push.ref)}: what was there before has left its history.`
    case 'pipeline_changed':
      return `**Pipeline changed** by ${person(notable.push.actor)}: ${files(notable.push)}${definitionNote(notable.push)}.`
    case 'hidden_failure':
      return `**Green with a failed step**: ${jobName(notable.job, home)} in ${runName(notable.run, home)} succeeded although ${steps(notable.job, 'failure')} failed.`
    case 'rerun_to_green':
      return `**Green only after a re-run** of the same commit: ${runName(notable.run, home)}, attempt ${String(notable.run.attempt)}, started by ${starter(notable.run)}.`
    case 'rerun_by_another':
      return `**Re-run by somebody else**: ${starter(notable.run)} re-ran ${runName(notable.run, home)}, which ${person(notable.run.actor)} had started.`
    case 'changed_around':
      return `**Settings or secrets changed** since ${code(notable.window.workflow)} was last green: ${list(notable.changes.map((one) => changeWords(one, home)))}.`
  }
}

export function notableSection(found: readonly Notable[], home: string): Section {
  const lines = found.map((one) => `- ${sentence(one, home)}`)
  return { heading: 'What stands out', quiet: false, lines: listed(lines) }
}

export function whoSection({ pushes, runs, repo }: CheckRunReport): Section {
  const lines = [
    ...pushes.map((push) => pushLine(push, repo.url)),
    ...attemptsByRun(runs).flatMap((attempts) => runLines(attempts, repo.url)),
  ]
  const nobody = 'The log knows no push and no run of this commit.'
  return {
    heading: 'Who and why',
    quiet: false,
    lines: lines.length > 0 ? listed(lines) : [nobody],
  }
}

/** Open for a failed run, as the list of suspects, nearest first; and when a policy finds fault with a change. */
export function changesSection({ sinceGreen, runs, repo, pushes }: CheckRunReport): Section {
  const failed = attemptsByRun(runs).some(([newest]) => newest?.outcome === 'failure')
  const changes = sinceGreen.flatMap((window) => window.changes)
  const told = failed ? changes.length > 0 : changes.some(({ finding }) => finding)
  // What a file's change means is said once: in the section of this commit's pushes, or with the first window.
  const explained = new Set(
    pushes.flatMap(({ pipelineFiles }) => pipelineFiles.map(({ seq }) => seq)),
  )
  const lines = sinceGreen.flatMap((window) => windowLines(window, repo, explained))
  const none = 'No workflow has run on this commit, so there is nothing to compare with.'
  return {
    heading: 'What changed since last green',
    quiet: !told,
    lines: lines.length > 0 ? listed(lines) : [none],
  }
}

export function jobsSection({ runs, repo }: CheckRunReport): Section {
  const lines = attemptsByRun(runs).flatMap(([run]) => (run ? jobLines(run, repo.url) : []))
  const none = 'No job or step failed or was skipped, as far as the log knows.'
  return {
    heading: 'Failed and skipped jobs and steps',
    quiet: true,
    lines: lines.length > 0 ? listed(lines) : [none],
  }
}

/** What happened on the commit itself. Earlier changes around it say in their own section what policies find. */
export function findingsSection({ findings, sinceGreen, repo }: CheckRunReport): Section {
  const lines = findings.map((finding) =>
    [
      `- ${findingLine(finding, repo.url)}`,
      `  - What it means: ${escapeMarkdown(finding.explanation)}`,
      `  - What to do: ${escapeMarkdown(finding.remedy)}`,
      `  - Known from: ${attribution(finding.attribution)}; entry ${String(finding.seq)} of the log.`,
    ].join('\n'),
  )
  return {
    heading: 'Policies',
    quiet: findings.length === 0,
    lines: findings.length > 0 ? listed(lines) : [noFinding(sinceGreen)],
  }
}

function noFinding(sinceGreen: readonly ReportWindow[]): string {
  const earlier = new Set<number>()
  for (const { changes } of sinceGreen) {
    for (const { seq, finding } of changes) if (finding) earlier.add(seq)
  }
  const none = 'No policy finds fault with what happened on this commit itself.'
  if (earlier.size === 0) return none
  return `${none} Of what changed since last green, ${count(earlier.size, 'change has a finding', 'changes have findings')}, which stands beside it.`
}

export function proofSection({ proof, permalink }: CheckRunReport): Section {
  const lines = [...proofLines(proof)]
  if (permalink !== undefined)
    lines.push(`- ${link('All entries of this commit in the log', permalink, permalink)}`)
  return { heading: 'Proof', quiet: true, lines }
}

function proofLines(proof: ReportProof): string[] {
  const newest = String(proof.lastSeq)
  return [
    `- This rests on ${count(proof.entries, 'entry', 'entries')} of the log, ${String(proof.firstSeq)} to ${newest}.`,
    `- Leaf ${newest}: ${code(proof.leafHash)}`,
    `- Tree of ${count(proof.treeSize, 'entry', 'entries')}, root ${code(proof.rootHash)}`,
    `- To check it: ${code(proof.verifyCommand, 300)}`,
    ...signedLines(proof),
  ]
}

/** As one line, so that it is cut as a whole or not at all. It holds base64 and the log's own name. */
function signedLines({ proofFile, lastSeq }: ReportProof): string[] {
  if (proofFile === undefined) {
    const command = code(`hooktrail show ${String(lastSeq)} --proof`)
    return [
      `- No checkpoint covered it when this was written; ${command} has the proof since one does.`,
    ]
  }
  const words = `- The signed checkpoint, and the proof that entry ${String(lastSeq)} is in it ([tlog-proof](https://c2sp.org/tlog-proof)):`
  const lines = ['~~~~', ...proofFile.trimEnd().split('\n'), '~~~~'].map((line) => `  ${line}`)
  return [[words, '', ...lines].join('\n')]
}

function findingLine(finding: ReportFinding, home: string): string {
  const target =
    finding.target === undefined ? '' : `: ${link(code(finding.target), finding.url, home)}`
  const severity = SEVERITIES[finding.severity]
  return `**${escapeMarkdown(finding.title)}**${target}, by ${person(finding.actor)}, ${minute(finding.at)} (${severity}, ${code(finding.policy)})`
}

function attribution({ confidence, method }: Attribution): string {
  return `${confidence}, ${code(method)}`
}

function pushLine(push: ReportPush, home: string): string {
  const what = push.commits > 0 ? count(push.commits, 'commit', 'commits') : 'no new commit'
  const verb = push.forced ? 'force-pushed' : 'pushed'
  const words = `${person(push.actor)} ${verb} ${link(what, push.url, home)} to ${refName(push.ref)}`
  return `- ${words}${push.created ? ' (new)' : ''}, ${minute(push.at)} (${attribution(push.attribution)})`
}

function runLines(attempts: readonly ReportRun[], home: string): string[] {
  const [newest, ...earlier] = attempts
  if (!newest) return []
  const why = newest.event === undefined ? 'trigger unknown' : `because of ${code(newest.event)}`
  const where = newest.ref === undefined ? '' : ` on ${refName(newest.ref)}`
  const lines = [
    `- ${runName(newest, home)}: ${outcome(newest)}, started by ${starter(newest)} ${why}${where} (${attribution(newest.attribution)})${attemptWords(newest)}`,
  ]
  for (const run of earlier.slice(0, 10)) {
    lines.push(
      `  - attempt ${String(run.attempt)}: ${outcome(run)}, started by ${starter(run)}${reasonOf(run)}`,
    )
  }
  return lines
}

function attemptWords({ attempt, actor }: ReportRun): string {
  return attempt > 1 ? `, attempt ${String(attempt)} of what ${person(actor)} started` : ''
}

/** Why an earlier attempt failed: its failed jobs. */
function reasonOf(run: ReportRun): string {
  const failed = run.jobs.filter((job) => job.outcome === 'failure').map((job) => code(job.name))
  return failed.length > 0 ? `; failed: ${list(failed)}` : ''
}

function starter(run: ReportRun): string {
  return person(run.triggeringActor ?? run.actor)
}

function runName(run: ReportRun, home: string): string {
  const number = run.runNumber === undefined ? '' : ` run ${String(run.runNumber)}`
  return `${link(code(run.workflow), run.url, home)}${number}`
}

/** People say `main`, not `refs/heads/main`. */
function refName(ref: string): string {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? []
  return kind === 'tags' ? `tag ${code(name)}` : code(name ?? ref)
}

function jobName(job: ReportJob, home: string): string {
  return link(code(job.name), job.url, home)
}

function outcome(run: ReportRun): string {
  return run.state === 'completed' ? outcomeWords(run.outcome) : run.state.replace('_', ' ')
}

function outcomeWords(outcome: Outcome): string {
  return outcome === 'failure' ? '**failure**' : outcome
}

const QUIET_OUTCOMES = new Set<Outcome>(['success', 'pending'])

function jobLines(run: ReportRun, home: string): string[] {
  const lines: string[] = []
  for (const job of run.jobs) {
    const parts = [steps(job, 'failure', 'failed'), steps(job, 'skipped', 'skipped')].filter(
      Boolean,
    )
    if (QUIET_OUTCOMES.has(job.outcome) && parts.length === 0) continue
    const detail = parts.length > 0 ? ` (${parts.join('; ')})` : ''
    lines.push(
      `- ${runName(run, home)}, ${jobName(job, home)}: ${outcomeWords(job.outcome)}${detail}`,
    )
  }
  return lines
}

function steps(job: ReportJob, conclusion: string, word = ''): string {
  const names = job.steps
    .filter((step) => step.conclusion === conclusion)
    .map(({ name }) => code(name))
  return names.length === 0 ? '' : `${list(names)}${word && ` ${word}`}`
}

function windowLines(window: ReportWindow, repo: ReportRepo, explained: Set<number>): string[] {
  const branch = window.ref === undefined ? '' : ` on ${refName(window.ref)}`
  const lines = [`- ${code(window.workflow)}${branch}, ${since(window.lastGreen, repo.url)}:`]
  lines.push(...windowPushLines(window, repo))
  for (const one of window.changes.slice(0, MOST_LISTED)) {
    lines.push(`  - ${changeWords(one, repo.url)} by ${person(one.actor)}, ${minute(one.at)}`)
    const { definition, seq } = one
    if (!definition || explained.has(seq)) continue
    explained.add(seq)
    lines.push(...definitionLines(definition, undefined, repo.url).map(deeper))
  }
  const more = window.more + Math.max(window.changes.length - MOST_LISTED, 0)
  if (more > 0) lines.push(`  - and ${count(more, 'other', 'others')}`)
  if (window.changes.length + more === 0)
    lines.push('  - no change of pipeline, secrets, settings or access that the log knows of')
  return lines
}

function windowPushLines({ pushes = [] }: ReportWindow, repo: ReportRepo): string[] {
  const lines = pushes.slice(0, 10).map((push) => {
    const what = link(count(push.commits, 'commit', 'commits'), push.url, repo.url)
    const verb = push.forced ? '**force-pushed**' : 'pushed'
    return `  - ${what} ${verb} by ${person(push.actor)}, ${minute(push.at)}`
  })
  const more = pushes.length - 10
  return more > 0 ? [...lines, `  - and ${count(more, 'push', 'pushes')} more`] : lines
}

function deeper(line: string): string {
  return `  ${line}`
}

function since(green: ReportGreenRun | undefined, home: string): string {
  if (!green) return 'of which the log knows no earlier green run, so in the thirty days before'
  const number = green.runNumber === undefined ? 'a run' : `run ${String(green.runNumber)}`
  return `since ${link(number, green.url, home)} of ${minute(green.at)} at ${code(green.headSha.slice(0, 7))}`
}

/** With a policy's title before it, or at least that something protects less. */
function changeWords({ action, target, url, ...change }: ReportChange, home: string): string {
  const title = change.finding?.title ?? (change.weakens ? 'Weakened' : undefined)
  const judged = title === undefined ? '' : `**${escapeMarkdown(title)}**: `
  const about = target === undefined ? '' : ` ${link(code(target), url, home)}`
  return `${judged}${code(action)}${about}`
}

function files(push: ReportPush): string {
  return list(push.pipelineFiles.map(({ path, change }) => `${code(path)} ${change}`))
}

/** At most five of them by name. */
function list(items: readonly string[]): string {
  const more = items.length - 5
  return [...items.slice(0, 5), ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
}

function listed(lines: readonly string[]): string[] {
  const more = lines.length - MOST_LISTED
  return [
    ...lines.slice(0, MOST_LISTED),
    ...(more > 0 ? [`- and ${count(more, 'other', 'others')}`] : []),
  ]
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
