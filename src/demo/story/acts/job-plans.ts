import type { Job, Step } from '../../github/index.js'

/** What a job shall do when it runs. */
export interface JobPlan {
  readonly name: string
  readonly minutes: number
  readonly conclusion: 'success' | 'failure' | 'skipped'
  readonly labels: readonly string[]
  readonly steps: readonly string[]
  /** Name of the step that fails. */
  readonly fails?: string
  /** Its start is delivered after its end. */
  readonly late?: boolean
}

const HOSTED = ['ubuntu-24.04']
const BEFORE = ['Set up job', 'Run actions/checkout@v4']
const NODE = [...BEFORE, 'Run actions/setup-node@v4', 'Run npm ci']
const AFTER = ['Post Run actions/checkout@v4', 'Complete job']

function job(name: string, minutes: number, steps: readonly string[]): JobPlan {
  return { name, minutes, conclusion: 'success', labels: HOSTED, steps: [...steps, ...AFTER] }
}

export const LINT = job('lint', 2, [...NODE, 'Run npm run lint'])
export const TEST = job('test', 5, [...NODE, 'Run npm test'])
export const BUILD = job('build', 4, [...BEFORE, 'Run npm ci', 'Run npm run build'])
export const PUBLISH = job('publish', 3, [
  ...BEFORE,
  'Run npm ci',
  'Run npm publish --provenance',
  'Run gh release create "$GITHUB_REF_NAME" --notes-from-tag',
])
export const END_TO_END = job('end-to-end', 21, [...BEFORE, 'Run npm ci', 'Run npm run e2e'])
export const DEPLOY: JobPlan = {
  ...job('deploy', 3, ['Set up job', 'Run actions/download-artifact@v4', 'Run ./deploy.sh']),
  labels: ['self-hosted', 'deploy'],
}
export const PLAN: JobPlan = {
  ...job('plan', 6, [...BEFORE, 'Run hashicorp/setup-terraform@v3', 'Run terraform plan']),
  labels: ['self-hosted', 'infra'],
}

export function failing(plan: JobPlan, step: string): JobPlan {
  return { ...plan, conclusion: 'failure', fails: step }
}

export function skipped(plan: JobPlan): JobPlan {
  return { ...plan, conclusion: 'skipped', steps: [] }
}

/** The steps of a job that ended, its time shared out among them; those after a failure are skipped. */
export function stepsOf(plan: JobPlan, start: number, end: number): Step[] {
  const share = (end - start) / plan.steps.length
  const failed = plan.fails === undefined ? -1 : plan.steps.indexOf(plan.fails)
  return plan.steps.map((name, index) => ({
    name,
    number: index + 1,
    status: 'completed',
    conclusion: conclusionOf(index, failed, plan.steps.length),
    startedAt: new Date(start + share * index),
    completedAt: new Date(start + share * (index + 1)),
  }))
}

function conclusionOf(index: number, failed: number, count: number): Job['conclusion'] {
  if (index === failed) return 'failure'
  // Clean-up steps run whatever happened before them.
  const isCleanUp = index >= count - AFTER.length
  return failed !== -1 && index > failed && !isCleanUp ? 'skipped' : 'success'
}
