import { createHash } from 'node:crypto'

import type { CheckRunReport, ReportPerson, ReportRun } from '../../core/domain/index.js'
import { plainLine } from '../markdown.js'
import { attemptsByRun, isOver } from './attempts.js'
import { annotationsOf, definitionSections, type Annotation } from './definition-prose.js'
import { layOut, type Section } from './layout.js'
import { notables, type Notable } from './notable.js'
import {
  changesSection,
  CUT_NOTE,
  findingsSection,
  jobsSection,
  notableSection,
  proofSection,
  shortName,
  whoSection,
} from './prose.js'

export interface CheckRunContent {
  readonly status: 'in_progress' | 'completed'
  /** Only once completed. Never `failure`: nothing here may block a merge that nobody asked to block. */
  readonly conclusion?: 'success' | 'neutral'
  readonly title: string
  /** Markdown, at most 65,000 bytes. */
  readonly summary: string
  /** What did not fit into the summary; usually empty. */
  readonly text: string
  /** On lines of changed pipeline files; at most 50. */
  readonly annotations: readonly Annotation[]
}

const LONGEST_TITLE = 200

/** What people see of a report. The same report always gives the same content. */
export function renderCheckRun(report: CheckRunReport): CheckRunContent {
  const found = notables(report)
  const over = isOver(report.runs)
  const layout = layOut(sections(report, found), CUT_NOTE)
  return {
    status: over ? 'completed' : 'in_progress',
    ...(over && { conclusion: found.length > 0 ? 'neutral' : 'success' }),
    title: title(report, found, over),
    ...layout,
    annotations: annotationsOf(report),
  }
}

/**
 * SHA-256 over what the report says. The tree's size and root are left out: they move with every other
 * commit's entries, and would have the same check run written again for nothing.
 */
export function fingerprint(report: CheckRunReport): string {
  const proof = { ...report.proof, treeSize: 0, rootHash: '' }
  const content = renderCheckRun({ ...report, proof })
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

function sections(report: CheckRunReport, found: readonly Notable[]): Section[] {
  const all = [
    whoSection(report),
    ...definitionSections(report),
    changesSection(report),
    jobsSection(report),
    findingsSection(report),
  ]
  const ordered = [...all.filter(({ quiet }) => !quiet), ...all.filter(({ quiet }) => quiet)]
  const first = found.length > 0 ? [notableSection(found, report.repo.url)] : []
  return [...first, ...ordered, proofSection(report)]
}

function title(report: CheckRunReport, found: readonly Notable[], over: boolean): string {
  if (found.length > 0) {
    const names = [...new Set(found.map(shortName))]
    const more = names.length > 3 ? ', …' : ''
    return plainLine(
      `${String(found.length)} notable: ${names.slice(0, 3).join(', ')}${more}`,
      LONGEST_TITLE,
    )
  }
  const parts = [over ? 'Nothing unusual' : 'Nothing unusual so far', who(report), why(report)]
  return plainLine(parts.filter((part) => part !== '').join(' · '), LONGEST_TITLE)
}

function who(report: CheckRunReport): string {
  const people = [
    ...report.pushes.map(({ actor }) => actor),
    ...newestAttempts(report).map((run) => run.triggeringActor ?? run.actor),
  ]
  const [first, ...others] = new Set(people.flatMap(login))
  return others.length > 0 ? `${first ?? ''} and ${String(others.length)} more` : (first ?? '')
}

function login(person: ReportPerson): string[] {
  return person.login ? [person.login] : []
}

function why(report: CheckRunReport): string {
  const events = new Set(newestAttempts(report).flatMap(({ event }) => event ?? []))
  if (events.size === 0 && report.pushes.length > 0) return 'push'
  return [...events].slice(0, 3).join(', ')
}

function newestAttempts(report: CheckRunReport): ReportRun[] {
  return attemptsByRun(report.runs).flatMap(([newest]) => newest ?? [])
}
