import type { GitHubState } from './model.js'
import type { Repository } from './repositories.js'
import type { Job } from './runs.js'

export type CheckConclusion = NonNullable<Job['conclusion']>

export interface CheckRun {
  readonly id: number
  /** One suite for each App and commit. */
  readonly suiteId: number
  readonly appId: number
  name: string
  readonly headSha: string
  externalId: string | null
  detailsUrl: string | null
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: CheckConclusion | null
  startedAt: Date | null
  completedAt: Date | null
  output: CheckOutput
  annotations: readonly Annotation[]
  actions: readonly CheckAction[]
}

export interface CheckOutput {
  readonly title: string | null
  readonly summary: string | null
  readonly text: string | null
}

/** As GitHub writes it. */
export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number | undefined
  readonly end_column?: number | undefined
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title?: string | undefined
  readonly raw_details?: string | undefined
}

export interface CheckAction {
  readonly label: string
  readonly description: string
  readonly identifier: string
}

export interface CheckRunChange {
  readonly name?: string
  readonly externalId?: string
  readonly detailsUrl?: string
  readonly status?: CheckRun['status']
  readonly conclusion?: CheckConclusion | null
  readonly startedAt?: Date
  readonly completedAt?: Date | null
  readonly output?: CheckOutput
  /** Appended to those that are there. */
  readonly annotations?: readonly Annotation[]
  readonly actions?: readonly CheckAction[]
}

export interface NewCheckRun extends CheckRunChange {
  readonly name: string
  readonly headSha: string
  readonly appId: number
}

export function addCheckRun(
  state: GitHubState,
  repository: Repository,
  wanted: NewCheckRun,
): CheckRun {
  const checkRun: CheckRun = {
    id: state.nextId(),
    suiteId: suiteOf(repository, wanted) ?? state.nextId(),
    appId: wanted.appId,
    name: wanted.name,
    headSha: wanted.headSha,
    externalId: null,
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: null,
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  }
  updateCheckRun(checkRun, wanted)
  repository.checkRuns.set(checkRun.id, checkRun)
  return checkRun
}

function suiteOf(repository: Repository, wanted: NewCheckRun): number | undefined {
  const runs = [...repository.checkRuns.values()]
  return runs.find((one) => one.headSha === wanted.headSha && one.appId === wanted.appId)?.suiteId
}

export function updateCheckRun(checkRun: CheckRun, change: CheckRunChange): void {
  const annotations = [...checkRun.annotations, ...(change.annotations ?? [])]
  Object.assign(checkRun, change, { annotations })
}
