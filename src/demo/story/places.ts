import {
  addCommit,
  addEnvironment,
  addRepository,
  addWorkflow,
  setProtection,
  setRef,
  setSecret,
  type GitHubState,
  type Repository,
  type Workflow,
} from '../github/index.js'
import type { Cast } from './cast.js'
import { text } from './template.js'
import { DAY } from './time.js'
import type { World } from './world.js'

export type WorkflowName = 'ci' | 'deploy' | 'release' | 'nightly' | 'plan'

/** A repository of the organisation and its workflows by file name. */
export interface Place {
  readonly repository: Repository
  readonly workflows: Readonly<Partial<Record<WorkflowName, Workflow>>>
}

export interface Places {
  /** The one that is attacked. */
  readonly timetable: Place
  readonly shop: Place
  readonly infra: Place
  /** Public from the second day on. */
  readonly docs: Place
}

export function repositoriesOf({ timetable, shop, infra, docs }: Places): Repository[] {
  return [timetable, shop, infra, docs].map((place) => place.repository)
}

interface Plan {
  readonly name: string
  readonly description: string
  readonly workflows: readonly WorkflowName[]
}

const PLANS: Readonly<Record<keyof Places, Plan>> = {
  timetable: {
    name: 'timetable-api',
    description: 'When the next train leaves',
    workflows: ['ci', 'release', 'nightly'],
  },
  shop: {
    name: 'ticket-shop',
    description: 'Tickets, seats and refunds',
    workflows: ['ci', 'deploy'],
  },
  infra: { name: 'infra', description: 'Terraform', workflows: ['plan'] },
  docs: { name: 'docs-site', description: 'docs.acme-rail.example', workflows: ['ci'] },
}

const TITLES: Readonly<Record<WorkflowName, string>> = {
  ci: 'CI',
  deploy: 'Deploy',
  release: 'Release',
  nightly: 'Nightly',
  plan: 'Plan',
}

export type Founding = Pick<World, 'state' | 'id'> & { readonly cast: Cast; readonly at: Date }

/** Builds the organisation's repositories as they are when the fortnight begins. */
export function foundPlaces(founding: Founding): Places {
  const places = {
    timetable: found(founding, PLANS.timetable),
    shop: found(founding, PLANS.shop),
    infra: found(founding, PLANS.infra),
    docs: found(founding, PLANS.docs),
  }
  configure(founding, places)
  return places
}

function found(founding: Founding, plan: Plan): Place {
  const { state, cast, at } = founding
  const repository = addRepository(state, cast.organization, {
    name: plan.name,
    id: founding.id('repository'),
    description: plan.description,
    visibility: 'private',
    at: new Date(at.getTime() - 400 * DAY),
  })
  const files: Record<string, string> = { 'README.md': `# ${plan.name}\n\n${plan.description}.\n` }
  for (const name of plan.workflows) files[workflowPath(name)] = text(`workflows/${name}.yml`)
  addCommit(repository, {
    author: cast.mira,
    message: 'Initial commit',
    at: new Date(at.getTime() - 2 * DAY),
    branch: 'main',
    files,
    verified: true,
  })
  return { repository, workflows: addWorkflows(founding, state, repository, plan.workflows) }
}

function addWorkflows(
  { id, at }: Founding,
  state: GitHubState,
  repository: Repository,
  names: readonly WorkflowName[],
): Place['workflows'] {
  const workflows: Partial<Record<WorkflowName, Workflow>> = {}
  for (const name of names) {
    const path = workflowPath(name)
    workflows[name] = addWorkflow(state, repository, {
      name: TITLES[name],
      path,
      at,
      id: id('workflow'),
    })
  }
  return workflows
}

export function workflowPath(name: WorkflowName): string {
  return `.github/workflows/${name}.yml`
}

function configure({ state, cast, at }: Founding, places: Places): void {
  const { timetable, shop } = places
  for (const { repository } of [timetable, shop]) {
    setProtection(repository, 'main', {
      enforceAdmins: true,
      requiredReviews: 1,
      dismissStaleReviews: true,
      requiredChecks: ['lint', 'test'],
    })
  }
  setSecret(timetable.repository, 'NPM_PUBLISH_TOKEN', at)
  const production = addEnvironment(state, shop.repository, {
    name: 'production',
    at,
    reviewers: [cast.samuel],
    branchPolicy: 'protected',
  })
  setSecret(production, 'DEPLOY_TOKEN', at)
  setRef(timetable.repository, 'refs/tags/v2.4.0', tipOf(timetable.repository))
}

/** The newest commit of a branch. */
export function tipOf(repository: Repository, branch = repository.defaultBranch): string {
  const sha = repository.refs.get(`refs/heads/${branch}`)
  if (sha === undefined) throw new Error(`${repository.name} has no branch ${branch}.`)
  return sha
}

/** The workflow of that name, which the plan above gave the repository. */
export function workflowOf(place: Place, name: WorkflowName): Workflow {
  const workflow = place.workflows[name]
  if (!workflow) throw new Error(`${place.repository.name} has no workflow ${name}.`)
  return workflow
}
