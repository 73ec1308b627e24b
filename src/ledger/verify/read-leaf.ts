import { canonicalJson, type Json, type JsonObject } from '../../core/domain/index.js'

/** Where in a leaf a commitment stands. */
export interface SealedPlace {
  readonly pointer: string
  readonly commitment: string
  /** Beside a name: whose it is; `undefined` where the leaf does not say. */
  readonly owner: Json | undefined
  /** Set when an opening of it is met. */
  isOpened: boolean
}

export interface ReadLeaf {
  readonly leaf: JsonObject
  readonly sealed: readonly SealedPlace[]
}

/** What is wrong with a leaf that is not read. */
export type Unreadable = 'the leaf is not a JSON object' | 'the leaf is not in canonical form'

/** Reads a leaf's bytes, and in one pass whether they are canonical and what is sealed in them. */
export function readLeaf(bytes: Uint8Array): ReadLeaf | Unreadable {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  try {
    const leaf = JSON.parse(text) as Json
    if (typeof leaf !== 'object' || leaf === null || Array.isArray(leaf)) return NO_OBJECT
    const walk = new Walk(text)
    const isCanonical = walk.follow(leaf, '', undefined) && walk.at === text.length
    if (!isCanonical || !isUtf8(text, bytes)) return 'the leaf is not in canonical form'
    return { leaf: leaf as JsonObject, sealed: walk.sealed }
  } catch {
    return NO_OBJECT
  }
}

const NO_OBJECT = 'the leaf is not a JSON object'

/** Bytes that are no UTF-8 become U+FFFD, which may be in the text by itself too. */
function isUtf8(text: string, bytes: Uint8Array): boolean {
  return !text.includes('\ufffd') || Buffer.compare(Buffer.from(text), bytes) === 0
}

const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, COMMA] = [0x5b, 0x5d, 0x7b, 0x7d, 0x2c]

/**
 * Compares a text with the canonical form of what was read from it, piece by piece: writing that form first, and walking
 * through the leaf again for what is sealed, took most of the time that verifying took.
 */
class Walk {
  at = 0
  readonly sealed: SealedPlace[] = []
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Whether the text goes on with this value, in canonical form. */
  follow(value: Json, pointer: string, owner: Json | undefined): boolean {
    if (typeof value !== 'object' || value === null) return this.#take(canonicalJson(value))
    if (Array.isArray(value)) return this.#followArray(value as readonly Json[], pointer)
    const { $sealed: commitment } = value as JsonObject
    if (typeof commitment === 'string') {
      this.sealed.push({ pointer, commitment, owner, isOpened: false })
    }
    return this.#followObject(
      value as JsonObject,
      typeof commitment === 'string' ? undefined : pointer,
    )
  }

  #followArray(values: readonly Json[], pointer: string): boolean {
    if (!this.#takeUnit(OPEN_ARRAY)) return false
    for (let index = 0; index < values.length; index += 1) {
      if (index > 0 && !this.#takeUnit(COMMA)) return false
      if (!this.follow(values[index] ?? null, `${pointer}/${String(index)}`, undefined))
        return false
    }
    return this.#takeUnit(CLOSE_ARRAY)
  }

  /** @param pointer absent inside of what is sealed */
  #followObject(object: JsonObject, pointer: string | undefined): boolean {
    if (!this.#takeUnit(OPEN_OBJECT)) return false
    let isFirst = true
    for (const key of sorted(Object.keys(object))) {
      if (!isFirst && !this.#takeUnit(COMMA)) return false
      isFirst = false
      if (!this.#take(memberStart(key))) return false
      if (!this.#followMember(object, key, pointer)) return false
    }
    return this.#takeUnit(CLOSE_OBJECT)
  }

  #followMember(object: JsonObject, key: string, pointer: string | undefined): boolean {
    const value = object[key] ?? null
    if (typeof value !== 'object' || value === null) return this.#take(canonicalJson(value))
    if (pointer === undefined) return this.#take(canonicalJson(value))
    const isName = pointer !== '' && (key === 'login' || key === 'display')
    return this.follow(value, `${pointer}/${escaped(key)}`, isName ? object['subject'] : undefined)
  }

  #take(piece: string): boolean {
    if (!this.#text.startsWith(piece, this.at)) return false
    this.at += piece.length
    return true
  }

  #takeUnit(unit: number): boolean {
    if (this.#text.charCodeAt(this.at) !== unit) return false
    this.at += 1
    return true
  }
}

/** Keys come in the order of the text, which is that of RFC 8785 already; those that look like numbers come first. */
function sorted(keys: string[]): string[] {
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index] ?? '') < (keys[index - 1] ?? '')) return keys.sort()
  }
  return keys
}

/** Keys and a colon as they stand in leaves: there are a few dozen, and what others write is not kept for ever. */
const starts = new Map<string, string>()
const MOST_STARTS = 1000

function memberStart(key: string): string {
  const known = starts.get(key)
  if (known !== undefined) return known
  if (starts.size >= MOST_STARTS) starts.clear()
  const start = `${canonicalJson(key)}:`
  starts.set(key, start)
  return start
}

function escaped(key: string): string {
  return key.includes('~') || key.includes('/')
    ? key.replaceAll('~', '~0').replaceAll('/', '~1')
    : key
}
