import type { Normaliser } from './event.js'
import { asides } from './events/aside.js'
import { branchProtectionConfiguration } from './events/branch-protection-configuration.js'
import { branchProtectionRule } from './events/branch-protection-rule.js'
import { checkRun } from './events/check-run.js'
import { checkSuite } from './events/check-suite.js'
import { create, deletion } from './events/create-delete.js'
import { deployKey } from './events/deploy-key.js'
import { deployment } from './events/deployment.js'
import { deploymentProtectionRule } from './events/deployment-protection-rule.js'
import { deploymentReview } from './events/deployment-review.js'
import { deploymentStatus } from './events/deployment-status.js'
import { repositoryDispatch, workflowDispatch } from './events/dispatches.js'
import { fork } from './events/fork.js'
import { installation } from './events/installation.js'
import { installationRepositories } from './events/installation-repositories.js'
import { member } from './events/member.js'
import { mergeGroup } from './events/merge-group.js'
import { packageEvent, registryPackage } from './events/package.js'
import { pageBuild } from './events/page-build.js'
import { pullRequest } from './events/pull-request.js'
import { pullRequestReview } from './events/pull-request-review.js'
import { push } from './events/push.js'
import { release } from './events/release.js'
import { publicEvent, repository } from './events/repository.js'
import { repositoryRuleset } from './events/repository-ruleset.js'
import { secretScanningAlert } from './events/secret-scanning-alert.js'
import { secretScanningAlertLocation } from './events/secret-scanning-alert-location.js'
import { securityAndAnalysis } from './events/security-and-analysis.js'
import { status } from './events/status.js'
import { workflowJob } from './events/workflow-job.js'
import { workflowRun } from './events/workflow-run.js'

/** Every event that is read by name: a new one is one file and one line here. */
const NORMALISERS: readonly Normaliser[] = [
  branchProtectionConfiguration,
  branchProtectionRule,
  checkRun,
  checkSuite,
  create,
  deletion,
  deployKey,
  deployment,
  deploymentProtectionRule,
  deploymentReview,
  deploymentStatus,
  fork,
  installation,
  installationRepositories,
  member,
  mergeGroup,
  packageEvent,
  pageBuild,
  publicEvent,
  pullRequest,
  pullRequestReview,
  push,
  registryPackage,
  release,
  repository,
  repositoryDispatch,
  repositoryRuleset,
  secretScanningAlert,
  secretScanningAlertLocation,
  securityAndAnalysis,
  status,
  workflowDispatch,
  workflowJob,
  workflowRun,
  ...asides,
]

const BY_EVENT: ReadonlyMap<string, Normaliser> = new Map(
  NORMALISERS.map((normaliser) => [normaliser.event, normaliser]),
)

export function normaliserOf(event: string): Normaliser | undefined {
  return BY_EVENT.get(event)
}
