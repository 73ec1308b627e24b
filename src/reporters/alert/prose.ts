// All that people read in an alert's issue. Text of strangers goes through code() or escapeMarkdown(), without
// exception; words here must not look like a reference to GitHub (no number sign, no at sign).
import { SEVERITIES, type AlertReport } from '../../core/domain/index.js'
import { code, escapeMarkdown, link, minute, person, plainLine } from '../markdown.js'

const LONGEST_TITLE = 200

/** Plain text: GitHub takes no Markdown in titles. A finding's title holds no name that a stranger chose. */
export function issueTitle({ finding }: AlertReport): string {
  return plainLine(`Hooktrail: ${finding.title}`, LONGEST_TITLE)
}

/** @param marker a hidden comment by which the issue is found again */
export function issueBody(alert: AlertReport, marker: string): string {
  const { finding, repo } = alert
  const target =
    finding.target === undefined
      ? []
      : [`- What: ${link(code(finding.target), finding.url, repo.url)}`]
  const page = alert.permalink
  return [
    marker,
    escapeMarkdown(finding.explanation),
    '',
    ...target,
    `- Who: ${person(finding.actor)} (${finding.attribution.confidence}, ${code(finding.attribution.method)})`,
    `- When: ${minute(finding.at)}`,
    `- Severity: ${SEVERITIES[finding.severity]}, policy ${code(finding.policy)}, action ${code(finding.action)}`,
    '',
    `**What to do**: ${escapeMarkdown(finding.remedy)}`,
    '',
    'Close this issue when it is settled. If the same thing happens again, Hooktrail opens it again.',
    '',
    `Entry ${String(finding.seq)} of the log${page === undefined ? '' : `, ${link('its page', page, page)}`}. To check it: ${code(alert.verifyCommand, 300)}`,
    '',
  ].join('\n')
}
