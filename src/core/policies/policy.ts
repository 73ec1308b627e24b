import type { AuditEntry, EntryTarget, Finding, Severity } from '../domain/index.js'

/** One thing that deserves a person's attention, and how to tell it from an entry. Pure. */
export interface Policy {
  /** Of the catalogue of detections, for example `SE-05`. It never changes: alerts are remembered by it. */
  readonly id: string
  readonly title: string
  /** Of most findings; one of them may say less or more. */
  readonly severity: Severity
  /** For docs/policies.md: what it detects and what it leaves alone. */
  readonly detects: string
  /** What it looks at. Entries with other actions are not given to it. */
  readonly actions: readonly string[]
  evaluate(entry: AuditEntry): Finding[]
  readonly examples: {
    /** Entries with a finding. */
    readonly fires: readonly PolicyExample[]
    /** Entries that look alike and have none. */
    readonly quiet: readonly PolicyExample[]
  }
}

interface PolicyExample {
  /** Completes "it is when …". */
  readonly when: string
  readonly entry: AuditEntry
}

/** The parts of a finding that its policy writes. */
export interface FindingWords {
  /** One line in which no stranger has a word. */
  readonly title: string
  readonly explanation: string
  readonly remedy: string
  readonly severity?: Severity
  /** What the alert is about: the same again is the same alert. */
  readonly about: string
}

/** A finding on an entry; its key names the policy, the place and the thing, so that the same alert has one key. */
export function finding(policy: Policy, entry: AuditEntry, words: FindingWords): Finding {
  const { title, explanation, remedy, severity = policy.severity, about } = words
  const { repo, account } = entry
  const host = repo?.host ?? account?.host ?? ''
  // Rulesets of an organization have no repository.
  const place = repo ? String(repo.id) : `account-${String(account?.id ?? '')}`
  const key = [policy.id, host, place, about].join(':')
  return { policy: policy.id, severity, title, explanation, remedy, seq: entry.seq, key }
}

/** The target of a type, if the entry has one. */
export function targetOf(entry: AuditEntry, type: string): EntryTarget | undefined {
  return entry.targets.find((target) => target.type === type)
}

/** Its id, or else its name: ids outlive renames. */
export function identityOf(target: EntryTarget | undefined): string {
  return String(target?.id ?? target?.name ?? 'unknown')
}
