import type { FileFacts, Job, PipelineFacts, Runner, Setting, Step, Trigger } from './facts.js'
import { parseTree } from './parse-tree.js'
import { permissionsOf } from './permissions.js'
import { allReferences, referencesIn } from './references.js'
import { items, members, scalar, settingOf, settingsOf, textOf, type Tree } from './tree.js'
import { usesOf } from './uses.js'

/**
 * The facts of a workflow file or of an action's `action.yml`. Pure, and never throws: what cannot be read is
 * `unreadable`, with the reason and where. Keys that GitHub does not know are kept as settings.
 * @param text at most 512 KB; it is a stranger's, and so is every text in the answer
 */
export function readPipelineFile(text: string): FileFacts {
  const tree = parseTree(text)
  if (tree.kind === 'unreadable') return tree
  const of = members(tree)
  return of.has('runs') && !of.has('jobs') ? actionFacts(tree) : workflowFacts(tree)
}

const FILE_KEYS = new Set(['name', 'on', 'permissions', 'env', 'jobs'])

function workflowFacts(tree: Tree): PipelineFacts {
  const of = members(tree)
  const jobs = [...members(of.get('jobs'))].map(([id, job]) => jobOf(id, job))
  return {
    kind: 'workflow',
    name: scalar(of.get('name')),
    triggers: triggersOf(of.get('on')),
    permissions: permissionsOf(of.get('permissions')),
    jobs,
    env: settingsOf(of.get('env')),
    settings: settingsOf(tree, FILE_KEYS),
    references: allReferences([
      ...jobs.map(({ references }) => references),
      referencesIn(tree, new Set(['jobs'])),
    ]),
  }
}

const ACTION_KEYS = new Set(['name', 'runs'])

function actionFacts(tree: Tree): PipelineFacts {
  const of = members(tree)
  const runs = of.get('runs')
  const job = jobOf('runs', runs ?? tree)
  return {
    kind: 'action',
    name: scalar(of.get('name')),
    triggers: [],
    permissions: permissionsOf(undefined),
    jobs: [job],
    env: new Map(),
    settings: settingsOf(tree, ACTION_KEYS),
    references: allReferences([job.references, referencesIn(tree, new Set(['runs']))]),
  }
}

/** `on: push`, `on: [push]`, `on: { push: { … } }`, and the list that `schedule` has. */
function triggersOf(tree: Tree | undefined): Trigger[] {
  if (tree?.kind !== 'mapping') {
    return items(tree).flatMap((item) => {
      const event = scalar(item)
      return event === undefined ? [] : [{ event, filters: new Map(), lines: item.lines }]
    })
  }
  return [...tree.members].map(([event, value]) => ({
    event,
    filters: filtersOf(event, value),
    lines: value.lines,
  }))
}

function filtersOf(event: string, tree: Tree): Trigger['filters'] {
  if (event !== 'schedule')
    return new Map([...members(tree)].map(([key, value]) => [key, listed(value)]))
  const times = items(tree).map((item) => textOf(members(item).get('cron') ?? item))
  return new Map([['cron', { text: times.join(', '), lines: tree.lines }]])
}

/** Words of a list, one after the other; their order matters to GitHub, where `!` takes away. */
function listed(tree: Tree): Setting {
  const text = tree.kind === 'mapping' ? textOf(tree) : items(tree).map(textOf).join(', ')
  return { text, lines: tree.lines }
}

const JOB_KEYS = new Set([
  'name',
  'needs',
  'permissions',
  'runs-on',
  'environment',
  'if',
  'continue-on-error',
  'uses',
  'with',
  'env',
  'steps',
])

function jobOf(id: string, tree: Tree): Job {
  const of = members(tree)
  const steps = items(of.get('steps')).map((step, index) => stepOf(index, step))
  return {
    id,
    name: scalar(of.get('name')),
    needs: items(of.get('needs')).map(textOf),
    permissions: permissionsOf(of.get('permissions')),
    runner: runnerOf(of.get('runs-on')),
    environment: environmentOf(of.get('environment')),
    condition: settingOf(of.get('if')),
    continueOnError: settingOf(of.get('continue-on-error')),
    uses: usesOf(of.get('uses')),
    inheritsSecrets: scalar(of.get('secrets')) === 'inherit',
    with: settingsOf(of.get('with')),
    env: settingsOf(of.get('env')),
    steps,
    settings: settingsOf(tree, JOB_KEYS),
    references: allReferences([
      ...steps.map(({ references }) => references),
      referencesIn(tree, new Set(['steps'])),
    ]),
    lines: tree.lines,
  }
}

/** Labels of machines that GitHub runs; a group or a label of one's own may be either. */
const HOSTED = /^(?:ubuntu|windows|macos)-[\w.-]+$/i

function runnerOf(tree: Tree | undefined): Runner | undefined {
  if (tree === undefined) return undefined
  const group = scalar(members(tree).get('group'))
  const labels = items(tree.kind === 'mapping' ? members(tree).get('labels') : tree).map(textOf)
  const named = labels.map((label) => label.toLowerCase())
  return {
    labels,
    group,
    selfHosted: named.includes('self-hosted'),
    dynamic: labels.some((label) => label.includes('${{')),
    lines: tree.lines,
  }
}

/** Whether GitHub is known to own the machine. */
export function isHostedRunner({ labels, group, selfHosted }: Runner): boolean {
  return (
    !selfHosted &&
    group === undefined &&
    labels.length > 0 &&
    labels.every((label) => HOSTED.test(label))
  )
}

function environmentOf(tree: Tree | undefined): Setting | undefined {
  if (tree === undefined) return undefined
  const name = tree.kind === 'mapping' ? tree.members.get('name') : tree
  const text = name === undefined ? '' : textOf(name)
  return text === '' ? undefined : { text, lines: tree.lines }
}

const STEP_KEYS = new Set(['id', 'name', 'uses', 'run', 'if', 'continue-on-error', 'with', 'env'])

function stepOf(index: number, tree: Tree): Step {
  const of = members(tree)
  return {
    index,
    id: scalar(of.get('id')),
    name: scalar(of.get('name')),
    uses: usesOf(of.get('uses')),
    run: settingOf(of.get('run')),
    condition: settingOf(of.get('if')),
    continueOnError: settingOf(of.get('continue-on-error')),
    with: settingsOf(of.get('with')),
    env: settingsOf(of.get('env')),
    settings: settingsOf(tree, STEP_KEYS),
    references: referencesIn(tree),
    lines: tree.lines,
  }
}
