import type { Normaliser } from './event.js'
import { branchProtectionConfiguration } from './events/branch-protection-configuration.js'
import { branchProtectionRule } from './events/branch-protection-rule.js'
import { create, deletion } from './events/create-delete.js'
import { deployKey } from './events/deploy-key.js'
import { installationRepositories } from './events/installation-repositories.js'
import { installation } from './events/installation.js'
import { member } from './events/member.js'
import { push } from './events/push.js'
import { repositoryRuleset } from './events/repository-ruleset.js'
import { publicEvent, repository } from './events/repository.js'
import { secretScanningAlertLocation } from './events/secret-scanning-alert-location.js'
import { secretScanningAlert } from './events/secret-scanning-alert.js'
import { securityAndAnalysis } from './events/security-and-analysis.js'
import { workflowJob } from './events/workflow-job.js'
import { workflowRun } from './events/workflow-run.js'

/** Every event that is read by name: a new one is one file and one line here. */
const NORMALISERS: readonly Normaliser[] = [
  branchProtectionConfiguration,
  branchProtectionRule,
  create,
  deletion,
  deployKey,
  installation,
  installationRepositories,
  member,
  publicEvent,
  push,
  repository,
  repositoryRuleset,
  secretScanningAlert,
  secretScanningAlertLocation,
  securityAndAnalysis,
  workflowJob,
  workflowRun,
]

const BY_EVENT: ReadonlyMap<string, Normaliser> = new Map(
  NORMALISERS.map((normaliser) => [normaliser.event, normaliser]),
)

export function normaliserOf(event: string): Normaliser | undefined {
  return BY_EVENT.get(event)
}
