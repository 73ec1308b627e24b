import { canonicalJson, type Json, type JsonObject } from '../domain/index.js'
import { BundleError } from './bundle-error.js'
import { BUNDLE_FORMAT, type BundleEnd, type BundleEntry, type BundleManifest } from './format.js'

type Kind = 'text' | 'count' | 'openings' | 'texts'

const IS: Readonly<Record<Kind, (value: Json | undefined) => boolean>> = {
  text: (value) => typeof value === 'string',
  count: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  openings: (value) => Array.isArray(value) && value.every(isOpening),
  texts: isTexts,
}

/** @throws BundleError `bundle.malformed` */
export function parseManifest(line: string): BundleManifest {
  const object = parseLine(line)
  if (object?.['format'] !== BUNDLE_FORMAT) {
    throw new BundleError(
      'bundle.malformed',
      `this is not a bundle: its first line is not a manifest of the format ${BUNDLE_FORMAT}`,
    )
  }
  const shape = {
    format: 'text',
    origin: 'text',
    key: 'text',
    checkpoint: 'text',
    size: 'count',
    query: 'text',
    asked_at: 'text',
    entries: 'count',
  } as const
  if (!hasShape(object, shape)) throw altered('the manifest')
  return object as unknown as BundleManifest
}

/** An entry, or the end. @throws BundleError `bundle.false` @param number of the line, from 1 on */
export function parseEntryOrEnd(
  line: string,
  number: number,
): { readonly entry: BundleEntry } | { readonly end: BundleEnd } {
  const object = parseLine(line)
  if (object?.['end'] === BUNDLE_FORMAT) {
    if (!hasShape(object, { end: 'text', entries: 'count', sha256: 'text' })) {
      throw altered('the last line')
    }
    return { end: object as unknown as BundleEnd }
  }
  const shape = { seq: 'count', leaf: 'text', openings: 'openings', proof: 'texts' } as const
  if (object && hasShape(object, shape)) return { entry: object as unknown as BundleEntry }
  const seq = object?.['seq']
  throw altered(`line ${String(number)}`, typeof seq === 'number' ? seq : undefined)
}

function altered(what: string, seq?: number): BundleError {
  return new BundleError('bundle.false', `${what} is not as Hooktrail writes it`, seq)
}

/** `undefined` unless the text is RFC 8785: no member twice, nothing that a person would read otherwise than we do. */
function parseLine(line: string): JsonObject | undefined {
  try {
    const value = JSON.parse(line) as Json
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return canonicalJson(value) === line ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** These members and no others: what nothing proves has no place beside what is proved. */
function hasShape(object: JsonObject, shape: Readonly<Record<string, Kind>>): boolean {
  const names = Object.keys(shape)
  return (
    Object.keys(object).length === names.length &&
    Object.entries(shape).every(([name, kind]) => IS[kind](object[name]))
  )
}

function isOpening(value: Json): boolean {
  return isTexts(value) && (value as Json[]).length === 3
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
