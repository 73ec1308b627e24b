import { canonicalJson, commitment, type Json, type JsonObject } from '../domain/index.js'
import { checkInclusion, fromBase64, leafHash, type Checkpoint } from '../merkle/index.js'
import { BundleError } from './bundle-error.js'
import type { BundleEntry } from './format.js'

/** What an entry's sealed values came to. */
export interface SealedCount {
  readonly opened: number
  /** Without an opening: erased, or left out by whoever made the bundle. */
  readonly closed: number
}

/** Checks one entry against the checkpoint. @throws BundleError `bundle.false`, which names it */
export function checkEntry(entry: BundleEntry, { size, root }: Checkpoint): SealedCount {
  const { seq, leaf } = entry
  if (seq >= size) {
    throw new BundleError('bundle.false', `the checkpoint covers ${String(size)} entries only`, seq)
  }
  const path = entry.proof.map((hash) => fromBase64(hash) ?? new Uint8Array())
  const hash = leafHash(new TextEncoder().encode(leaf))
  if (!checkInclusion({ leafHash: hash, index: seq, size, root }, path)) {
    throw new BundleError(
      'bundle.false',
      'it is not in the signed tree at this place: its text, its number or its proof was altered',
      seq,
    )
  }
  return checkOpenings(entry, sealedIn(parseLeaf(entry)))
}

function parseLeaf({ seq, leaf }: BundleEntry): JsonObject {
  try {
    const value = JSON.parse(leaf) as Json
    if (typeof value === 'object' && value !== null && canonicalJson(value) === leaf) {
      return value as JsonObject
    }
  } catch {
    // Said below.
  }
  throw new BundleError('bundle.false', 'its leaf is in the tree and is not canonical JSON', seq)
}

function checkOpenings({ seq, openings }: BundleEntry, sealed: Map<string, string>): SealedCount {
  for (const [pointer, salt, value] of openings) {
    const expected = sealed.get(pointer)
    if (expected === undefined) {
      throw new BundleError(
        'bundle.false',
        `the text for ${pointer} opens nothing, or was given twice`,
        seq,
      )
    }
    if (commitment(salt, pointer, value) !== expected) {
      throw new BundleError(
        'bundle.false',
        `the text for ${pointer} is not the one that was recorded`,
        seq,
      )
    }
    sealed.delete(pointer)
  }
  return { opened: openings.length, closed: sealed.size }
}

/** Every commitment in a leaf, by pointer. */
function sealedIn(leaf: JsonObject): Map<string, string> {
  const found = new Map<string, string>()
  const open: [Json | undefined, string][] = [[leaf, '']]
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, pointer] = next
    if (typeof value !== 'object' || value === null) continue
    const sealed = (value as JsonObject)['$sealed']
    if (typeof sealed === 'string') found.set(pointer, sealed)
    else {
      for (const [key, member] of Object.entries(value)) {
        const token = key.replaceAll('~', '~0').replaceAll('/', '~1')
        open.push([member, `${pointer}/${token}`])
      }
    }
  }
  return found
}
