import type { AuditEntry, Finding, Severity } from '../domain/index.js'
import { example } from './example.js'
import { finding, identityOf, targetOf, type Policy } from './policy.js'

const TITLES: Readonly<Record<string, string>> = {
  'secret_alert.opened': 'Secret found in the repository',
  'secret_alert.reopened': 'Secret alert opened again',
  'secret_alert.publicly_leaked': 'Secret leaked in public',
  'secret_alert.validated': 'Leaked secret still works',
}

/** SE-05 */
export const secretAlertOpened: Policy = {
  id: 'SE-05',
  title: 'Secret found by secret scanning',
  severity: 3,
  detects:
    'Secret scanning opened or reopened an alert, found the secret in public, or found that it still works. Critical if it is in public or works. Closing an alert, and places where a known secret also stands, are left alone.',
  actions: Object.keys(TITLES),
  evaluate: (entry) => (isCalm(entry) ? [] : [secretFinding(entry)]),
  examples: {
    fires: [
      { when: 'an alert is opened', entry: alert('secret_alert.opened') },
      { when: 'a closed alert is opened again', entry: alert('secret_alert.reopened') },
      {
        when: 'the secret is found in public',
        entry: alert('secret_alert.publicly_leaked', { publicly_leaked: true }),
      },
      {
        when: 'GitHub finds that the secret works',
        entry: alert('secret_alert.validated', { validity: 'active' }),
      },
    ],
    quiet: [
      {
        when: 'GitHub finds that the secret is revoked',
        entry: alert('secret_alert.validated', { validity: 'inactive' }),
      },
      { when: 'the alert is closed', entry: alert('secret_alert.resolved') },
      { when: 'another place of the secret is found', entry: alert('secret_alert.located') },
    ],
  },
}

/** A check of validity is news only if the secret works. */
function isCalm({ action, labels }: AuditEntry): boolean {
  return action === 'secret_alert.validated' && labels?.['validity'] !== 'active'
}

function secretFinding(entry: AuditEntry): Finding {
  const target = targetOf(entry, 'secret_scanning_alert')
  return finding(secretAlertOpened, entry, {
    title: TITLES[entry.action] ?? secretAlertOpened.title,
    explanation: explanation(entry, target?.name ?? 'an unknown kind'),
    remedy:
      'Revoke or rotate the secret at whoever issued it, look there for uses that were not yours, then close the alert. Deleting it from the code is not enough: it stays in the history.',
    severity: severity(entry),
    about: identityOf(target),
  })
}

function explanation({ labels }: AuditEntry, kind: string): string {
  const parts = [`Whoever can read the repository can take a secret of this kind: ${kind}.`]
  if (labels?.['publicly_leaked'] === true) parts.push('It was found in public as well.')
  if (labels?.['validity'] === 'active') parts.push('GitHub tried it: it works.')
  if (labels?.['push_protection_bypassed'] === true) {
    parts.push('Push protection had stopped it, and somebody pushed it all the same.')
  }
  return parts.join(' ')
}

function severity({ action, labels }: AuditEntry): Severity {
  const isOut = action === 'secret_alert.publicly_leaked' || labels?.['publicly_leaked'] === true
  return isOut || labels?.['validity'] === 'active' ? 4 : 3
}

function alert(action: string, labels: AuditEntry['labels'] = {}): AuditEntry {
  const targets = [{ type: 'secret_scanning_alert', id: 3, name: 'GitHub Personal Access Token' }]
  return example({ action, category: 'secret', targets, labels })
}
