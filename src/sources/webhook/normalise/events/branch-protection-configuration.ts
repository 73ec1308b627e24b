import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { below, links } from '../links.js'

const NAMES = { disabled: 'branch_protection.disabled', enabled: 'branch_protection.enabled' }

/** All branch protection of a repository, switched off or on at once. */
export const branchProtectionConfiguration: Normaliser = {
  event: 'branch_protection_configuration',
  normalise(event) {
    const { repo, repoUrl } = event
    const isEnabled = event.action === 'enabled'
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: [],
      targets: [{ type: 'repository', id: repo?.id, name: repo?.name, url: repoUrl }],
      changes: [{ path: 'branch_protection', before: !isEnabled, after: isEnabled }],
      links: links([
        ['settings', below(repoUrl, 'settings', 'branches')],
        ['repository', repoUrl],
      ]),
      correlation: correlation('branch_protection', repo, 'all'),
      labels: { weakened: event.action === 'disabled' },
    })
    return [entry]
  },
}
