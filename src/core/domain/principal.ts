export type PrincipalType = 'user' | 'app' | 'bot' | 'deploy_key' | 'token' | 'system' | 'unknown'

/** Who did something, or to whom it was done: a person or a machine, as GitHub named it at that moment. */
export interface Principal {
  readonly type: PrincipalType
  /** The source's own id (a number on GitHub), which outlives renames; absent where the source gives none. */
  readonly id?: number | string | undefined
  readonly login?: string | undefined
  readonly display?: string | undefined
}

/** How sure we are of the actor, and from which field of which source we know. */
export interface Attribution {
  readonly confidence: 'verified' | 'derived' | 'unknown'
  /** The field or rule, for example `workflow_run.triggering_actor` or `no sender in the payload`. */
  readonly method: string
}

/** Text that may name or describe a person: it is sealed at append and can be erased. */
export class Personal {
  readonly text: string
  /** Whose it is; `undefined` means the entry's actor. Erasing that subject erases this text. */
  readonly owner: Principal | undefined

  constructor(text: string, owner?: Principal) {
    this.text = text
    this.owner = owner
  }
}

/** Marks text for sealing: logins outside a `Principal`, messages, titles, comments, inputs. */
export function personal(text: string, owner?: Principal): Personal {
  return new Personal(text, owner)
}
