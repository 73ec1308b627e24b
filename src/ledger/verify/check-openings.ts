import type { Client } from 'pg'

import { commitment, NOBODY, type Json, type JsonObject } from '../../core/domain/index.js'
import { copyRows, type BinaryRow } from './copy-rows.js'
import { parseOpenings, type StoredOpening } from '../openings.js'
import { valueAt } from '../pointer.js'
import { openingWords } from '../subjects.js'
import type { BroughtEntry } from './check-deliveries.js'
import type { Range } from './range.js'
import type { Complain } from './report.js'

/**
 * Compares the openings of a range with the commitments in its leaves, and what is stored beside them with what they
 * say. Returns how many there are, and the places of each entry's leaf that they open.
 */
export async function checkOpenings(
  client: Pick<Client, 'query'>,
  { from, to }: Range,
  entries: ReadonlyMap<number, BroughtEntry>,
  complain: Complain,
): Promise<{ readonly count: number; readonly opened: ReadonlyMap<number, ReadonlySet<string>> }> {
  let count = 0
  const opened = new Map<number, Set<string>>()
  await copyRows(
    client,
    `SELECT o.seq, o.subject::text, o.openings, o.words, s.id IS NOT NULL FROM log_opening o LEFT JOIN subject s ON s.id = o.subject
     WHERE o.seq >= ${String(from)} AND o.seq < ${String(to)}`,
    (row) => {
      const { seq, places } = checkRow(row, entries, complain)
      count += places.length
      const known = opened.get(seq) ?? new Set()
      opened.set(seq, known)
      for (const place of places) known.add(place)
    },
  )
  return { count, opened }
}

/** Returns the places that it opens. */
function checkRow(
  row: BinaryRow,
  entries: ReadonlyMap<number, BroughtEntry>,
  complain: Complain,
): { readonly seq: number; readonly places: readonly string[] } {
  // No column can be NULL.
  const [seqBytes, subjectBytes, bytes, words, known] = row as readonly Buffer[]
  if (!seqBytes || !subjectBytes || !bytes || !words) return { seq: -1, places: [] }
  const seq = Number(seqBytes.readBigInt64BE())
  const subject = subjectBytes.toString('utf8')
  const problem = (what: string): void => {
    complain({ seq, where: 'log_opening', what })
  }
  if (subject !== NOBODY && known?.[0] !== 1) problem('they are filed under nobody that is known')
  const openings = parseOpenings(bytes)
  if (!openings) {
    problem('the openings are not readable')
    return { seq, places: [] }
  }
  checkTexts(openings, { subject, leaf: leafOf(entries, seq) }, problem)
  const expected = openingWords(openings.map(({ value }) => value))
  if (expected !== words.toString('utf8')) problem('the words for searching differ from the texts')
  return { seq, places: openings.map(({ pointer }) => pointer) }
}

function leafOf(entries: ReadonlyMap<number, BroughtEntry>, seq: number): JsonObject | undefined {
  return entries.get(seq)?.leaf
}

function checkTexts(
  openings: readonly StoredOpening[],
  { subject, leaf }: { readonly subject: string; readonly leaf: JsonObject | undefined },
  problem: (what: string) => void,
): void {
  for (const { pointer, salt, value } of openings) {
    const sealed = leaf && sealedAt(leaf, pointer)
    if (sealed !== commitment(salt, pointer, value)) {
      problem(`the text at ${pointer} does not open the leaf`)
    } else if (leaf && !belongsTo(leaf, pointer, subject)) {
      problem(`the text at ${pointer} is filed under another person`)
    }
  }
}

function sealedAt(leaf: JsonObject, pointer: string): Json | undefined {
  const value = valueAt(leaf, pointer)
  return typeof value === 'object' && value !== null && '$sealed' in value
    ? value['$sealed']
    : undefined
}

/** Beside a name stands whose it is; for other text the leaf does not say. */
function belongsTo(leaf: JsonObject, pointer: string, subject: string): boolean {
  const [, parent, name] = /^(.+)\/(login|display)$/.exec(pointer) ?? []
  if (parent === undefined || name === undefined) return true
  const principal = valueAt(leaf, parent)
  const isPrincipal = typeof principal === 'object' && principal !== null && 'subject' in principal
  return !isPrincipal || principal['subject'] === subject
}
