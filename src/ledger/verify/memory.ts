import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

import { z } from 'zod'

import { LedgerError } from '../errors.js'
import { PLACES } from './report.js'

const checked = z.object({
  entries: z.number(),
  openings: z.number(),
  nodes: z.number(),
  deliveries: z.number(),
  bodies: z.number(),
  checkpoints: z.number().default(0),
  cosignatures: z.number().default(0),
  unknownWitnesses: z.number().default(0),
})
const problem = z.object({
  seq: z.number().optional(),
  where: z.enum(PLACES),
  what: z.string(),
})
const hex = z.string().regex(/^([0-9a-f]{2})*$/)
const verified = z.object({ size: z.number(), root: hex, edge: hex, at: z.string() })
const Memory = z.object({
  /** The last size at which the log was found whole, by how much was checked. */
  verified: z.object({ tree: verified.optional(), everything: verified.optional() }),
  /** A verification that has not ended. */
  underway: z
    .object({
      level: z.enum(['tree', 'everything']),
      from: z.number(),
      at: z.string(),
      point: z.object({
        done: z.number(),
        edge: hex,
        nextDelivery: z.number().optional(),
        checked,
        problems: z.array(problem).readonly(),
      }),
    })
    .optional(),
})

/** What was verified, kept in a file: whoever can write to the database alone cannot move it. */
export type VerifyMemory = z.output<typeof Memory>
export type Verified = z.output<typeof verified>

/** @throws LedgerError `corrupt` if the file holds something else */
export function readMemory(file: string): VerifyMemory {
  if (!existsSync(file)) return { verified: {} }
  try {
    return Memory.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const message = `${file}, which says how far the log was verified, cannot be understood. Find out who changed it; then move it away and run \`hooktrail verify\`.`
    throw new LedgerError('corrupt', message, { cause })
  }
}

/** Replaces the file as a whole: it is the old one or the new one, however this ends. */
export function writeMemory(file: string, memory: VerifyMemory): void {
  const fresh = `${file}.${String(process.pid)}`
  writeFileSync(fresh, `${JSON.stringify(memory, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(fresh, file)
}
