import type { Client } from 'pg'

import { commitment, NOBODY } from '../../core/domain/index.js'
import { parseOpenings, type StoredOpening } from '../openings.js'
import { openingWords } from '../subjects.js'
import type { BroughtEntry } from './check-deliveries.js'
import { copyRows, type BinaryRow } from './copy-rows.js'
import type { Range } from './range.js'
import type { SealedPlace } from './read-leaf.js'
import type { Complain } from './report.js'

/**
 * Compares the openings of a range with the commitments in its leaves, marks what they open there, and compares what is
 * stored beside them with what they say. Returns how many there are.
 */
export async function checkOpenings(
  client: Pick<Client, 'query'>,
  { from, to }: Range,
  entries: ReadonlyMap<number, BroughtEntry>,
  complain: Complain,
): Promise<number> {
  let count = 0
  await copyRows(
    client,
    `SELECT o.seq, o.subject, o.openings, o.words, s.id IS NOT NULL FROM log_opening o LEFT JOIN subject s ON s.id = o.subject
     WHERE o.seq >= ${String(from)} AND o.seq < ${String(to)}`,
    (row) => {
      count += checkRow(row, entries, complain)
    },
  )
  return count
}

/** Returns how many openings it has. */
function checkRow(
  row: BinaryRow,
  entries: ReadonlyMap<number, BroughtEntry>,
  complain: Complain,
): number {
  // No column can be NULL.
  const [seqBytes, subjectBytes, bytes, words, known] = row as readonly Buffer[]
  if (!seqBytes || !subjectBytes || !bytes || !words) return 0
  const seq = Number(seqBytes.readBigInt64BE())
  const subject = uuidText(subjectBytes)
  const problem = (what: string): void => {
    complain({ seq, where: 'log_opening', what })
  }
  if (subject !== NOBODY && known?.[0] !== 1) problem('they are filed under nobody that is known')
  return checkTexts({ subject, bytes, words }, entries.get(seq)?.sealed ?? [], problem)
}

interface Texts {
  readonly subject: string
  readonly bytes: Buffer
  readonly words: Buffer
}

function checkTexts(
  { subject, bytes, words }: Texts,
  sealed: readonly SealedPlace[],
  problem: (what: string) => void,
): number {
  const openings = parseOpenings(bytes)
  if (!openings) {
    problem('the openings are not readable')
    return 0
  }
  for (const opening of openings) checkText(opening, subject, sealed, problem)
  const expected = openingWords(openings.map(({ value }) => value))
  if (expected !== words.toString('utf8')) problem('the words for searching differ from the texts')
  return openings.length
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function checkText(
  { pointer, salt, value }: StoredOpening,
  subject: string,
  sealed: readonly SealedPlace[],
  problem: (what: string) => void,
): void {
  const place = sealed.find((one) => one.pointer === pointer)
  if (place) place.isOpened = true
  if (place?.commitment !== commitment(salt, pointer, value)) {
    problem(`the text at ${pointer} does not open the leaf`)
  } else if (place.owner !== undefined && place.owner !== subject) {
    problem(`the text at ${pointer} is filed under another person`)
  }
}
