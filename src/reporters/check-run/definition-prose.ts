// What people read in the check run about changed pipeline files; the sentences of single changes are those of
// core/workflows, which the command line shows too. Texts of the file go through code().
import type {
  CheckRunReport,
  DefinitionUnknown,
  ReportDefinition,
  ReportFile,
  ReportPush,
  Severity,
  WorkflowChange,
} from '../../core/domain/index.js'
import { SEVERITIES } from '../../core/domain/index.js'
import { changeSentence, changeTitle } from '../../core/workflows/index.js'
import { code, link, person, plainLine } from '../markdown.js'
import type { Section } from './layout.js'

/** Of one file; the rest is counted. */
const MOST_CHANGES = 30

/** Open as soon as something in it deserves a look; absent if no push changed a file that can be read. */
export function definitionSections(report: CheckRunReport): Section[] {
  const lines: string[] = []
  let severity: Severity = 0
  for (const push of report.pushes) {
    for (const file of push.pipelineFiles) {
      if (!file.definition) continue
      lines.push(`- ${code(file.path)} ${file.change} by ${person(push.actor)}:`)
      lines.push(...definitionLines(file.definition, fileUrl(report, file), report.repo.url))
      severity = gravest([{ severity }, ...changesOf(file)])
    }
  }
  if (lines.length === 0) return []
  return [{ heading: 'What changed in the pipeline', quiet: severity < 2, lines }]
}

/** The items of a list below a file's name. */
export function definitionLines(
  definition: ReportDefinition,
  url: string | undefined,
  home: string,
): string[] {
  if (definition.state === 'unknown')
    return [`  - What changed in it is not known: ${UNKNOWN[definition.reason]}.`]
  const { changes } = definition
  if (changes.length === 0) return ['  - Only layout or comments: it means the same as before.']
  const lines = changes
    .slice(0, MOST_CHANGES)
    .map((change) => `  - ${changeLine(change, url, home)}`)
  const more = changes.length - MOST_CHANGES
  return more > 0 ? [...lines, `  - and ${String(more)} more`] : lines
}

const UNKNOWN: Readonly<Record<DefinitionUnknown, string>> = {
  no_permission: 'the owner has not granted the App to read contents',
  installation_gone: 'the App is not installed there any more, or suspended',
  unavailable: 'GitHub did not give the file; it is tried again',
  not_fetched: 'nobody has asked GitHub for the file',
  absent: 'GitHub has no such file at that commit any more',
  too_large: 'the file is longer than 512 KB',
  not_a_file: 'it is no ordinary file',
  too_slow: 'reading it took longer than a second, which no ordinary file does',
  new_branch: 'the branch is new, so there is no version before the push to compare with',
}

function changeLine(change: WorkflowChange, url: string | undefined, home: string): string {
  const sentence = changeSentence(change, code)
  const { linesAfter: lines } = change
  const place =
    lines && url !== undefined
      ? ` (${link(`line ${String(lines.first)}`, `${url}#L${String(lines.first)}`, home)})`
      : ''
  return change.severity >= 2
    ? `**${SEVERITIES[change.severity]}**: ${sentence}${place}`
    : `${sentence}${place}`
}

function fileUrl(
  { repo, headSha }: CheckRunReport,
  { path, change }: ReportFile,
): string | undefined {
  if (change === 'removed') return undefined
  return `${repo.url}/blob/${headSha}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** Every change of a file that could be compared. */
function changesOf({ definition }: ReportFile): readonly WorkflowChange[] {
  return definition?.state === 'compared' ? definition.changes : []
}

function gravest(changes: readonly { readonly severity: Severity }[]): Severity {
  let severity: Severity = 0
  for (const change of changes) if (change.severity > severity) severity = change.severity
  return severity
}

/** The gravest change of a push's pipeline files, for the title and for how much the push stands out. */
export function gravestChange({ pipelineFiles }: ReportPush): WorkflowChange | undefined {
  const [first, ...others] = pipelineFiles.flatMap(changesOf)
  let found = first
  for (const change of others) if (found && change.severity > found.severity) found = change
  return found
}

/** What stands in the check run's title for it. */
export function pipelineTitle(push: ReportPush): string {
  const change = gravestChange(push)
  return change && change.severity >= 2 ? changeTitle(change) : 'pipeline changed'
}

/** `: permissions widened, trigger added`: what deserves a look, in words of ours. */
export function definitionNote({ pipelineFiles }: ReportPush): string {
  const grave = pipelineFiles.flatMap(changesOf).filter(({ severity }) => severity >= 2)
  const titles = [...new Set(grave.map(changeTitle))]
  if (titles.length === 0) return ''
  return `: ${titles.slice(0, 5).join(', ')}${titles.length > 5 ? ', …' : ''}`
}

/** A remark on lines of a file, as GitHub takes it. */
export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: 'notice' | 'warning'
  readonly title: string
  readonly message: string
}

/** GitHub takes 50 in a request. */
const MOST_ANNOTATIONS = 50

/** What deserves a look and stands on lines of the commit; gravest first. */
export function annotationsOf({ pushes }: CheckRunReport): Annotation[] {
  const found = pushes.flatMap(({ pipelineFiles }) => pipelineFiles).flatMap(remarksOn)
  found.sort((one, other) => other.severity - one.severity)
  // A tag and a branch that were pushed at once tell of the same lines.
  const unique = new Map(found.map(({ annotation }) => [JSON.stringify(annotation), annotation]))
  return [...unique.values()].slice(0, MOST_ANNOTATIONS)
}

interface Remark {
  readonly severity: Severity
  readonly annotation: Annotation
}

function remarksOn(file: ReportFile): Remark[] {
  return changesOf(file).flatMap((change) => {
    const { linesAfter: lines, severity } = change
    if (severity < 2 || !lines) return []
    const annotation: Annotation = {
      path: file.path,
      start_line: lines.first,
      end_line: lines.last,
      annotation_level: severity >= 3 ? 'warning' : 'notice',
      title: changeTitle(change),
      message: changeSentence(change, (text) => `“${plainLine(text, 200)}”`),
    }
    return [{ severity, annotation }]
  })
}
