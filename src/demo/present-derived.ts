import type { Entry } from './entries.js'
import type { Facts } from './losses.js'
import { COLUMNS, fit, type Paints } from './terminal.js'

/** What the story holds of facts that no single delivery says, and how often at least. */
export const DERIVED: Readonly<Record<string, number>> = {
  // Three times somebody deploys by hand.
  'workflow_run.inputs_joined': 3,
  'deployment.rolled_back': 1,
  // A release that its own workflow made.
  'actor.traced': 1,
}

/** The newest fact of an action; `undefined` where none was derived. */
export function derivedOf({ entries }: Pick<Facts, 'entries'>, action: string): Entry | undefined {
  return entries.findLast((entry) => entry.action === action)
}

/** One fact of each kind, in words. */
export function presentDerived(facts: Facts, { bold }: Paints): string {
  const lines = [bold('What no single delivery says')]
  for (const [action, tell] of Object.entries(TELL)) {
    const fact = derivedOf(facts, action)
    if (fact) lines.push(fit(`  ${tell(fact)}`, COLUMNS))
  }
  return lines.join('\n')
}

const TELL: Readonly<Record<string, (fact: Entry) => string>> = {
  'workflow_run.inputs_joined': ({ actor, ci }) =>
    `${nameOf(actor)} started run ${String(ci?.run_id)} with ${inputsOf(ci?.inputs)}`,
  'deployment.rolled_back': ({ actor, ci }) =>
    `${nameOf(actor)} rolled ${ci?.environment ?? ''} back, ${short(ci?.before_sha)} to ${short(ci?.head_sha)}`,
  'actor.traced': ({ actor, on_behalf_of: [person] = [], targets }) =>
    `${nameOf(person)} stands behind ${nameOf(actor)}: ${targets[0]?.name ?? ''}`,
}

function nameOf(principal: Entry['actor'] | undefined): string {
  return principal?.login ?? '–'
}

function inputsOf(inputs: Readonly<Record<string, string | null>> = {}): string {
  return Object.entries(inputs)
    .map(([name, value]) => `${name}=${value ?? '–'}`)
    .join(', ')
}

function short(sha = '–'): string {
  return sha.slice(0, 7)
}
