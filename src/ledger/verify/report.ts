/**
 * How much is checked. `tree`: leaves, leaf hashes, order, tile hashes and right edge, which is what a root stands
 * for. `everything`: also what is beside the tree: canonical form, searchable columns, openings, deliveries, raw bodies.
 */
export type VerifyLevel = 'tree' | 'everything'

/** Tables, and `pin` for a root that is known from elsewhere. */
export const PLACES = [
  'log_entry',
  'log_opening',
  'log_node',
  'log_state',
  'delivery',
  'delivery_body',
  'erasure',
  'retention',
  'pin',
] as const

/** One thing that does not hold. */
export interface VerifyProblem {
  /** The entry, where one is to blame. */
  readonly seq?: number | undefined
  readonly where: (typeof PLACES)[number]
  readonly what: string
}

/** How many of each were checked. */
export interface Checked {
  readonly entries: number
  readonly openings: number
  readonly nodes: number
  readonly deliveries: number
  readonly bodies: number
}

export const NOTHING_CHECKED: Checked = {
  entries: 0,
  openings: 0,
  nodes: 0,
  deliveries: 0,
  bodies: 0,
}

export function addChecked(one: Checked, other: Checked): Checked {
  return {
    entries: one.entries + other.entries,
    openings: one.openings + other.openings,
    nodes: one.nodes + other.nodes,
    deliveries: one.deliveries + other.deliveries,
    bodies: one.bodies + other.bodies,
  }
}

/** Problems after which counting stops being of use. */
export const MAX_PROBLEMS = 1000

/** Where a problem is told. */
export type Complain = (problem: VerifyProblem) => void
