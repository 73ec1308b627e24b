import type { ChangedThing, Lines } from '../domain/index.js'
import type { RawChange } from './change.js'
import type { Permissions, References, Setting, Settings, Trigger, Uses } from './facts.js'
import { permissionsText } from './permissions.js'

/** Where in the file a comparison is. */
export interface Where {
  readonly job?: string | undefined
  /** Of a job that was renamed. */
  readonly jobBefore?: string | undefined
  readonly step?: string | undefined
}

/** One side of a change: `undefined` where there is nothing. */
export type Side = Pick<Setting, 'text'> & { readonly lines: Lines | undefined }

/** The change of one thing, if it is one. */
export function compareOne(
  what: ChangedThing,
  { subject, ...where }: Where & { readonly subject?: string | undefined },
  before: Side | undefined,
  after: Side | undefined,
): RawChange[] {
  if (before?.text === after?.text) return []
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [
    {
      what,
      change,
      job: where.job,
      jobBefore: where.jobBefore,
      step: where.step,
      subject,
      before: before?.text,
      after: after?.text,
      linesBefore: before?.lines,
      linesAfter: after?.lines,
    },
  ]
}

export function compareSettings(
  what: ChangedThing,
  where: Where,
  before: Settings,
  after: Settings,
): RawChange[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].flatMap((key) =>
    compareOne(what, { ...where, subject: key }, before.get(key), after.get(key)),
  )
}

export function compareTriggers(
  before: readonly Trigger[],
  after: readonly Trigger[],
): RawChange[] {
  const old = new Map(before.map((trigger) => [trigger.event, trigger]))
  const now = new Map(after.map((trigger) => [trigger.event, trigger]))
  const events = new Set([...old.keys(), ...now.keys()])
  return [...events].flatMap((event) => compareTrigger(event, old.get(event), now.get(event)))
}

function compareTrigger(event: string, before?: Trigger, after?: Trigger): RawChange[] {
  if (!before || !after) {
    return compareOne('trigger', { subject: event }, triggerSide(before), triggerSide(after))
  }
  const filters = new Set([...before.filters.keys(), ...after.filters.keys()])
  return [...filters].flatMap((filter) =>
    compareOne(
      'trigger_filter',
      { subject: `${event}.${filter}` },
      before.filters.get(filter),
      after.filters.get(filter),
    ),
  )
}

function triggerSide(trigger: Trigger | undefined): Side | undefined {
  if (!trigger) return undefined
  const filters = [...trigger.filters].map(([name, { text }]) => `${name}: ${text}`)
  return { text: filters.join('; '), lines: trigger.lines }
}

export function comparePermissions(
  where: Where,
  before: Permissions | undefined,
  after: Permissions | undefined,
): RawChange[] {
  return compareOne('permissions', where, permissionsSide(before), permissionsSide(after))
}

function permissionsSide(permissions: Permissions | undefined): Side | undefined {
  return permissions && { text: permissionsText(permissions), lines: permissions.lines }
}

export function compareReferences(before: References, after: References): RawChange[] {
  return [
    ...compareNames('secret', before.secrets, after.secrets),
    ...compareOne('all_secrets', {}, mark(before.allSecrets), mark(after.allSecrets)),
    ...compareOne('dynamic_secret', {}, mark(before.dynamicSecrets), mark(after.dynamicSecrets)),
    ...compareNames('variable', before.variables, after.variables),
    ...compareNames('injected', before.injected, after.injected),
  ]
}

function compareNames(
  what: ChangedThing,
  before: ReadonlyMap<string, Lines>,
  after: ReadonlyMap<string, Lines>,
): RawChange[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((name) =>
    compareOne(what, { subject: name }, mark(before.get(name)), mark(after.get(name))),
  )
}

/** It is there; that is all there is to say. */
function mark(lines: Lines | undefined): Side | undefined {
  return lines && { text: '', lines }
}

export function usesSide(uses: Uses | undefined): Side | undefined {
  return uses && { text: uses.text, lines: uses.lines }
}
