import type { AuditEntry, EntryChange, Finding } from '../domain/index.js'
import { describeChanges } from './changes.js'
import { example } from './example.js'
import { finding, identityOf, targetOf, type Policy } from './policy.js'

/** RS-02. What weakens a ruleset is judged where the whole payload is known: by the normaliser. */
export const rulesetWeakened: Policy = {
  id: 'RS-02',
  title: 'Ruleset removed or weakened',
  severity: 3,
  detects:
    'An enforced ruleset was deleted, is evaluated or disabled instead of enforced, lost a rule, covers fewer branches or tags, demands less, or lets more actors past it (where the entry knows who could before: GitHub does not say). Rulesets that were not enforced, and stricter ones, are left alone.',
  actions: ['ruleset.edited', 'ruleset.deleted'],
  evaluate(entry) {
    const isWeaker = entry.labels?.['weakened'] === true || hasMoreBypassActors(entry)
    if (!isWeaker) return []
    return [entry.action === 'ruleset.deleted' ? deleted(entry) : weakened(entry)]
  },
  examples: {
    fires: [
      {
        when: 'it is disabled',
        entry: edited(
          [{ path: 'enforcement', before: 'active', after: 'disabled' }],
          'enforcement',
        ),
      },
      {
        when: 'a rule is taken out of it',
        entry: edited([{ path: 'rules/required_signatures', before: true }], 'rules deleted'),
      },
      {
        when: 'one more team may bypass it',
        entry: edited([{ path: 'bypass_actors', before: [team(1)], after: [team(1), team(2)] }]),
      },
      {
        when: 'it is deleted while enforced',
        entry: ruleset('ruleset.deleted', { weakened: true }),
      },
    ],
    quiet: [
      {
        when: 'it is enforced from now on',
        entry: edited([{ path: 'enforcement', before: 'evaluate', after: 'active' }]),
      },
      {
        when: 'a rule is added to it',
        entry: edited([{ path: 'rules/required_signatures', after: true }]),
      },
      {
        when: 'GitHub lists who may bypass it and does not say who could before',
        entry: edited([{ path: 'bypass_actors', after: [team(1)] }]),
      },
      {
        when: 'a team may no longer bypass it',
        entry: edited([{ path: 'bypass_actors', before: [team(1), team(2)], after: [team(2)] }]),
      },
      { when: 'it is deleted after it was disabled', entry: ruleset('ruleset.deleted') },
      { when: 'it is created', entry: ruleset('ruleset.created') },
    ],
  },
}

const REMEDY =
  'Ask who changed it whether it was meant. If not, restore it from its history in the settings, and look at what was pushed and merged in between.'

function deleted(entry: AuditEntry): Finding {
  return finding(rulesetWeakened, entry, {
    title: 'Ruleset deleted',
    explanation: `What the ruleset ${nameOf(entry)} demanded is no longer demanded, unless another rule demands it too.`,
    remedy: REMEDY,
    about: identityOf(targetOf(entry, 'ruleset')),
  })
}

function weakened(entry: AuditEntry): Finding {
  return finding(rulesetWeakened, entry, {
    title: 'Ruleset weakened',
    explanation: `The ruleset ${nameOf(entry)} protects less than before${reason(entry)}. Changed: ${describeChanges(changed(entry))}.`,
    remedy: REMEDY,
    about: identityOf(targetOf(entry, 'ruleset')),
  })
}

function nameOf(entry: AuditEntry): string {
  return targetOf(entry, 'ruleset')?.name ?? 'without a name'
}

function reason({ labels }: AuditEntry): string {
  const by = labels?.['weakened_by']
  return by === undefined ? '' : ` (${String(by)})`
}

/** Bypass actors are in every entry, changed or not; without a before they say nothing. */
function changed({ changes = [] }: AuditEntry): readonly EntryChange[] {
  return changes.filter(({ path, before }) => path !== 'bypass_actors' || before !== undefined)
}

function hasMoreBypassActors({ changes = [] }: AuditEntry): boolean {
  return changes.some(({ path, before, after }) => {
    if (path !== 'bypass_actors' || !Array.isArray(before) || !Array.isArray(after)) return false
    const known = new Set(before.map((actor) => JSON.stringify(actor)))
    return after.some((actor) => !known.has(JSON.stringify(actor)))
  })
}

function ruleset(action: string, labels: AuditEntry['labels'] = {}): AuditEntry {
  return example({ action, targets: [{ type: 'ruleset', id: 8, name: 'main is safe' }], labels })
}

function edited(changes: readonly EntryChange[], weakenedBy?: string): AuditEntry {
  const labels = weakenedBy === undefined ? {} : { weakened: true, weakened_by: weakenedBy }
  return { ...ruleset('ruleset.edited', labels), changes }
}

function team(id: number): { actor_id: number; actor_type: string; bypass_mode: string } {
  return { actor_id: id, actor_type: 'Team', bypass_mode: 'always' }
}
