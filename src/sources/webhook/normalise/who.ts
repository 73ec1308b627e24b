import type { Attribution, Principal, PrincipalType } from '../../../core/domain/index.js'
import { integer, isObject, object, text } from './payload.js'

/** An actor, and how we know. */
export interface Who {
  readonly actor: Principal
  readonly attribution: Attribution
}

/** A field of the payload that may name the actor, most telling first. */
export type Candidate = readonly [field: string, value: unknown]

// GitHub's own accounts: what they do, GitHub does.
const SYSTEM_LOGINS = new Set(['github', 'web-flow', 'github-staff', 'github-enterprise'])

const KINDS: Readonly<Record<string, PrincipalType>> = {
  User: 'user',
  Bot: 'bot',
  // An organization or a mannequin stands where a person should: who it was, GitHub does not say.
  Organization: 'unknown',
  Mannequin: 'unknown',
}

/** A principal from an object of GitHub's user shape; `undefined` if it names nobody. */
export function principal(value: unknown): Principal | undefined {
  if (!isObject(value)) return undefined
  const id = integer(value.id)
  const login = text(value.login)
  if (id === undefined && login === undefined) return undefined
  return { type: kind(text(value.type), login), id, login, display: text(value.name) }
}

function kind(type: string | undefined, login: string | undefined): PrincipalType {
  if (login === 'ghost') return 'unknown'
  if (login !== undefined && SYSTEM_LOGINS.has(login)) return 'system'
  if (login?.endsWith('[bot]') === true) return 'bot'
  // No type: old payloads and git metadata; accounts of newer kinds must not pass for people.
  return type === undefined ? 'user' : (KINDS[type] ?? 'unknown')
}

/** The first candidate that names somebody, with the field as the method. */
export function firstWho(candidates: readonly Candidate[]): Who {
  for (const [field, value] of candidates) {
    const actor = principal(value)
    if (actor) return { actor, attribution: attribute(actor, field, value) }
  }
  const fields = candidates.map(([field]) => field).join(', ')
  return nobody(`no ${fields} in the payload`)
}

/** GitHub itself, where it names nobody and nobody else can have done it. */
export function bySystem(method: string): Who {
  return {
    actor: { type: 'system', login: 'github' },
    attribution: { confidence: 'derived', method },
  }
}

/** Nobody, and why. */
export function nobody(method: string): Who {
  return { actor: { type: 'unknown' }, attribution: { confidence: 'unknown', method } }
}

function attribute(actor: Principal, field: string, value: unknown): Attribution {
  if (actor.type !== 'unknown') return { confidence: 'verified', method: field }
  return { confidence: 'unknown', method: `${field}: ${namelessness(actor, value)}` }
}

function namelessness(actor: Principal, value: unknown): string {
  if (actor.login === 'ghost') return 'the account was deleted and GitHub calls it ghost'
  const type = text(object(value).type, 40) ?? 'account'
  return `GitHub names the ${type} itself, no person`
}

/** Those who stand behind the actor, most immediate first: whoever is named and is not the actor, once each. */
export function behind(actor: Principal, people: readonly (Principal | undefined)[]): Principal[] {
  const found: Principal[] = []
  for (const one of people) {
    if (one && ![actor, ...found].some((known) => isSame(known, one))) found.push(one)
  }
  return found
}

/** Whether both name the same account: by id if both have one, else by login. */
export function isSame(one: Principal | undefined, other: Principal | undefined): boolean {
  if (!one || !other) return false
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id
  return one.login !== undefined && one.login === other.login
}
