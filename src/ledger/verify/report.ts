/**
 * How much is checked. `tree`: leaves, leaf hashes, order, tile hashes and right edge, which is what a root stands
 * for, and the checkpoints that say so. `everything`: also what is beside the tree: canonical form, searchable columns, openings, deliveries, raw bodies.
 */
export type VerifyLevel = 'tree' | 'everything'

/** Tables, and `pin` for a root that is known from elsewhere. */
export const PLACES = [
  'log_entry',
  'log_opening',
  'log_node',
  'log_state',
  'log_key',
  'log_checkpoint',
  'log_cosignature',
  'log_publication',
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
  readonly checkpoints: number
  readonly cosignatures: number
  /** Cosignatures of witnesses whose key is not known, which could not be verified. */
  readonly unknownWitnesses: number
}

export const NOTHING_CHECKED: Checked = {
  entries: 0,
  openings: 0,
  nodes: 0,
  deliveries: 0,
  bodies: 0,
  checkpoints: 0,
  cosignatures: 0,
  unknownWitnesses: 0,
}

export function addChecked(one: Checked, other: Checked): Checked {
  return {
    entries: one.entries + other.entries,
    openings: one.openings + other.openings,
    nodes: one.nodes + other.nodes,
    deliveries: one.deliveries + other.deliveries,
    bodies: one.bodies + other.bodies,
    checkpoints: one.checkpoints + other.checkpoints,
    cosignatures: one.cosignatures + other.cosignatures,
    unknownWitnesses: one.unknownWitnesses + other.unknownWitnesses,
  }
}

/** Problems after which counting stops being of use. */
export const MAX_PROBLEMS = 1000

/** Where a problem is told. */
export type Complain = (problem: VerifyProblem) => void
