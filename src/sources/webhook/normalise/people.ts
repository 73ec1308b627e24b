import {
  personal,
  Personal,
  type DraftChange,
  type DraftTarget,
  type DraftValue,
  type JsonObject,
  type Principal,
} from '../../../core/domain/index.js'
import { integer, isObject, list, text, texts } from './payload.js'
import { principal } from './who.js'

const MOST_NAMES = 50

/** Logins that joined or left a list, each sealed as the text of its own person. */
export function namesChanged(path: string, before: unknown, after: unknown): DraftChange[] {
  const [earlier, later] = [new Set(texts(before, 1000)), new Set(texts(after, 1000))]
  const left = [...earlier].filter((name) => !later.has(name)).slice(0, MOST_NAMES)
  const joined = [...later].filter((name) => !earlier.has(name)).slice(0, MOST_NAMES)
  return [
    ...left.map((name) => ({ path, before: sealedLogin(name) })),
    ...joined.map((name) => ({ path, after: sealedLogin(name) })),
  ]
}

/** A login that stands alone, as the text of its own person. */
export function sealedLogin(login: string): Personal {
  return personal(login, { type: 'user', login })
}

/** An account in a setting, or a reference to one: a ruleset's bypass actor, a reviewer. */
export function isPerson({ type, actor_type: actorType, login }: JsonObject): boolean {
  return type === 'User' || actorType === 'User' || typeof login === 'string'
}

/** What says who it is, sealed; what says in which role, as it is. */
export function sealedPerson(one: JsonObject): DraftValue {
  const { id, actor_id: actorId } = one
  const login = text(one.login)
  const owner: Principal = { type: 'user', id: integer(id) ?? integer(actorId), login }
  const sealed = (value: number | undefined): Personal | undefined =>
    value === undefined ? undefined : personal(String(value), owner)
  return {
    type: text(one.type, 40),
    actor_type: text(one.actor_type, 40),
    bypass_mode: text(one.bypass_mode, 40),
    id: sealed(integer(id)),
    actor_id: sealed(integer(actorId)),
    login: login === undefined ? undefined : personal(login, owner),
  }
}

/** For JSON that stays in a leaf for ever, if only as a digest: a digest of a login tells the login. */
export function withoutPeople(_: string, value: unknown): unknown {
  return value instanceof Personal || (isObject(value) && isPerson(value)) ? null : value
}

const MOST_ASSIGNEES = 20

/** Whose task it is, after the event. */
export function assignees({ assignees: assigned }: JsonObject): DraftTarget[] {
  return list(assigned)
    .slice(0, MOST_ASSIGNEES)
    .flatMap((one) => {
      const somebody = principal(one)
      return somebody ? [{ type: 'assignee', principal: somebody }] : []
    })
}
