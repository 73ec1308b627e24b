import type { AuditEntry, Finding } from '../domain/index.js'
import { branchProtectionWeakened } from './branch-protection-weakened.js'
import type { Policy } from './policy.js'
import { repositoryPublicized } from './repository-publicized.js'
import { rulesetWeakened } from './ruleset-weakened.js'
import { secretAlertOpened } from './secret-alert-opened.js'
import { writableDeployKey } from './writable-deploy-key.js'

/** Every policy, in the order of docs/policies.md. */
export const POLICIES: readonly Policy[] = [
  secretAlertOpened,
  branchProtectionWeakened,
  rulesetWeakened,
  repositoryPublicized,
  writableDeployKey,
]

/** Actions that some policy looks at; entries with others need not be read for it. */
export const WATCHED_ACTIONS: ReadonlySet<string> = new Set(
  POLICIES.flatMap(({ actions }) => actions),
)

/** What the policies say about entries, in the entries' order. */
export function evaluatePolicies(entries: readonly AuditEntry[]): Finding[] {
  return entries.flatMap((entry) =>
    POLICIES.filter(({ actions }) => actions.includes(entry.action)).flatMap((policy) =>
      policy.evaluate(entry),
    ),
  )
}
