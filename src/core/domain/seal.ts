import { hash } from 'node:crypto'

import { actionDefinition } from './actions.js'
import type { DraftChange, DraftTarget, DraftText, EntryDraft, EntrySource } from './entry.js'
import { canonicalJson, type Json, type JsonObject } from './json.js'
import { Personal, type Principal } from './principal.js'

/** The owner of text that belongs to nobody we can name. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** What opens one commitment: its place in the leaf (RFC 6901), 16 random bytes, and the text. */
export interface Opening {
  readonly subject: string
  readonly pointer: string
  /** base64url, 16 bytes. */
  readonly salt: string
  readonly value: string
}

/** What sealing takes from outside, so that it stays pure. */
export interface SealContext {
  readonly id: string
  readonly recordedAt: string
  readonly source: EntrySource
  /** The random id that stands for a principal in leaves; `undefined` if it has neither id nor login. */
  readonly subjectOf: (principal: Principal) => string | undefined
  /** A fresh salt on each call: 16 random bytes in base64url. */
  readonly salt: () => string
}

export interface SealedEntry {
  readonly leaf: JsonObject
  readonly openings: readonly Opening[]
}

/**
 * `base64url(SHA-256(JCS([salt, pointer, value])))`: says nothing about the value without the salt.
 * @see docs/architecture.md, "Sealed values"
 */
export function commitment(salt: string, pointer: string, value: string): string {
  return hash('sha256', canonicalJson([salt, pointer, value]), 'base64url')
}

/** Builds an entry's leaf: personal values become commitments, and what opens them is returned beside it. */
export function sealEntry(draft: EntryDraft, context: SealContext): SealedEntry {
  const sealer = new Sealer(context, draft.actor)
  const { category, operation, severity } = actionDefinition(draft.action)
  const leaf: JsonObject = {
    schema: 1,
    id: context.id,
    occurred_at: draft.occurred_at,
    recorded_at: context.recordedAt,
    action: draft.action,
    operation,
    category,
    outcome: draft.outcome,
    severity: draft.severity ?? severity,
    actor: sealer.principal(draft.actor, '/actor'),
    triggering_actor:
      draft.triggering_actor && sealer.principal(draft.triggering_actor, '/triggering_actor'),
    on_behalf_of: draft.on_behalf_of?.map((one, index) =>
      sealer.principal(one, `/on_behalf_of/${String(index)}`),
    ),
    attribution: { ...draft.attribution },
    targets: draft.targets.map((target, index) =>
      sealer.target(target, `/targets/${String(index)}`),
    ),
    account: draft.account && { ...draft.account },
    repo: draft.repo && { ...draft.repo },
    ci: sealer.anything(draft.ci, '/ci'),
    changes: draft.changes?.map((change, index) =>
      sealer.change(change, `/changes/${String(index)}`),
    ),
    snapshot: sealer.anything(draft.snapshot, '/snapshot'),
    reason: draft.reason && sealer.text(draft.reason, '/reason'),
    links: draft.links?.map((link) => ({ ...link })),
    source: { ...context.source },
    correlation_id: draft.correlation_id,
    labels: draft.labels && { ...draft.labels },
  }
  return { leaf, openings: sealer.openings }
}

class Sealer {
  readonly openings: Opening[] = []
  readonly #context: SealContext
  readonly #actor: Principal

  constructor(context: SealContext, actor: Principal) {
    this.#context = context
    this.#actor = actor
  }

  principal(principal: Principal, pointer: string): JsonObject {
    const subject = this.#context.subjectOf(principal)
    return {
      type: principal.type,
      subject,
      login: this.#optional(principal.login, `${pointer}/login`, subject),
      display: this.#optional(principal.display, `${pointer}/display`, subject),
    }
  }

  target(target: DraftTarget, pointer: string): JsonObject {
    const { type, url, principal } = target
    if (!principal) {
      return { type, id: target.id, name: this.text(target.name, `${pointer}/name`), url }
    }
    const subject = this.#context.subjectOf(principal)
    return {
      type,
      id: subject,
      name: this.#optional(principal.login, `${pointer}/name`, subject),
      url,
    }
  }

  change(change: DraftChange, pointer: string): JsonObject {
    return {
      path: change.path,
      before: this.anything(change.before, `${pointer}/before`),
      after: this.anything(change.after, `${pointer}/after`),
    }
  }

  text(text: DraftText | undefined, pointer: string): Json | undefined {
    if (!(text instanceof Personal)) return text
    const owner = this.#context.subjectOf(text.owner ?? this.#actor) ?? NOBODY
    return this.#seal(text.text, pointer, owner)
  }

  /** Copies a tree of plain values and seals the personal ones in it. */
  anything(value: unknown, pointer: string): Json | undefined {
    if (value instanceof Personal) return this.text(value, pointer)
    if (Array.isArray(value)) {
      return value.map((one, index) => this.anything(one, `${pointer}/${String(index)}`) ?? null)
    }
    if (typeof value !== 'object' || value === null) return value as Json | undefined
    // fromEntries defines members: a payload's key `__proto__` stays a key.
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        this.anything(member, `${pointer}/${escapePointer(key)}`),
      ]),
    )
  }

  #optional(text: string | undefined, pointer: string, owner = NOBODY): JsonObject | undefined {
    return text === undefined ? undefined : this.#seal(text, pointer, owner)
  }

  #seal(text: string, pointer: string, subject: string): JsonObject {
    const value = text.toWellFormed()
    const salt = this.#context.salt()
    this.openings.push({ subject, pointer, salt, value })
    return { $sealed: commitment(salt, pointer, value) }
  }
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
