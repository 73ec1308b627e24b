import type { AuditEntry, EntryChange, Finding } from '../domain/index.js'
import { describeChanges } from './changes.js'
import { example } from './example.js'
import { finding, identityOf, targetOf, type Policy } from './policy.js'

/** RS-01. What weakens a setting is judged where the whole payload is known: by the normaliser. */
export const branchProtectionWeakened: Policy = {
  id: 'RS-01',
  title: 'Branch protection removed or weakened',
  severity: 3,
  detects:
    'A branch protection rule was deleted, all rules of a repository were switched off (critical), or an edit made a rule protect less: fewer or no reviews, a required check less, administrators exempt, forced pushes or deletions allowed, more people let past. New and stricter rules are left alone.',
  actions: ['branch_protection.edited', 'branch_protection.deleted', 'branch_protection.disabled'],
  evaluate(entry) {
    switch (entry.action) {
      case 'branch_protection.disabled':
        return [disabled(entry)]
      case 'branch_protection.deleted':
        return [deleted(entry)]
      default:
        return entry.labels?.['weakened'] === true ? [weakened(entry)] : []
    }
  },
  examples: {
    fires: [
      {
        when: 'a rule asks for fewer reviews',
        entry: edited([{ path: 'required_approving_review_count', before: 2, after: 1 }], true),
      },
      {
        when: 'administrators are exempt from now on',
        entry: edited([{ path: 'admin_enforced', before: true, after: false }], true),
      },
      { when: 'a rule is deleted', entry: rule('branch_protection.deleted') },
      {
        when: 'all rules are switched off',
        entry: example({
          action: 'branch_protection.disabled',
          targets: [{ type: 'repository', id: 99, name: 'acme/shop' }],
        }),
      },
    ],
    quiet: [
      {
        when: 'a rule asks for more reviews',
        entry: edited([{ path: 'required_approving_review_count', before: 1, after: 2 }], false),
      },
      { when: 'a rule is created', entry: rule('branch_protection.created') },
      { when: 'all rules are switched on', entry: rule('branch_protection.enabled') },
    ],
  },
}

const REMEDY =
  'Ask who changed it whether it was meant. If not, restore the setting, and look at what was pushed and merged in between.'

function disabled(entry: AuditEntry): Finding {
  return finding(branchProtectionWeakened, entry, {
    title: 'All branch protection switched off',
    explanation:
      'No branch protection rule of this repository holds any more: everybody with write access can push to every branch, without review and without checks.',
    remedy: REMEDY,
    severity: 4,
    about: 'all',
  })
}

function deleted(entry: AuditEntry): Finding {
  const rule = targetOf(entry, 'branch_protection_rule')
  return finding(branchProtectionWeakened, entry, {
    title: 'Branch protection rule deleted',
    explanation: `Branches that match ${rule?.name ?? 'the rule'} have lost this rule. Unless another rule or a ruleset covers them, everybody with write access can push to them without review.`,
    remedy: REMEDY,
    about: identityOf(rule),
  })
}

function weakened(entry: AuditEntry): Finding {
  const rule = targetOf(entry, 'branch_protection_rule')
  return finding(branchProtectionWeakened, entry, {
    title: 'Branch protection weakened',
    explanation: `The rule for branches that match ${rule?.name ?? 'a pattern'} protects less than before: ${describeChanges(weakerChanges(entry))}.`,
    remedy: REMEDY,
    about: identityOf(rule),
  })
}

/** The changes that weaken, if the normaliser named them; else all. */
function weakerChanges({ changes = [], labels }: AuditEntry): readonly EntryChange[] {
  const names = new Set(String(labels?.['weakened_settings'] ?? '').split(' '))
  const weaker = changes.filter(({ path }) => names.has(path))
  return weaker.length > 0 ? weaker : changes
}

function rule(action: string, over: Partial<AuditEntry> = {}): AuditEntry {
  const targets = [{ type: 'branch_protection_rule', id: 5, name: 'main' }]
  return example({ action, targets, ...over })
}

function edited(changes: readonly EntryChange[], isWeaker: boolean): AuditEntry {
  const settings = changes.map(({ path }) => path).join(' ')
  const labels = isWeaker ? { weakened: true, weakened_settings: settings } : {}
  return rule('branch_protection.edited', { changes, labels })
}
