import type { Normaliser } from './event.js'
import {
  appAuthorization,
  cacheSync,
  enterprise,
  installationTarget,
  user,
} from './events/accounts.js'
import { repositoryAdvisory, securityAdvisory } from './events/advisories.js'
import { branchProtectionConfiguration } from './events/branch-protection-configuration.js'
import { branchProtectionRule } from './events/branch-protection-rule.js'
import { checkRun } from './events/check-run.js'
import { checkSuite } from './events/check-suite.js'
import { codeScanningAlert } from './events/code-scanning-alert.js'
import { collaboration } from './events/collaboration.js'
import { create, deletion } from './events/create-delete.js'
import { customProperties } from './events/custom-property.js'
import { dependabotAlert } from './events/dependabot-alert.js'
import { deployKey } from './events/deploy-key.js'
import { deployment } from './events/deployment.js'
import { deploymentProtectionRule } from './events/deployment-protection-rule.js'
import { deploymentReview } from './events/deployment-review.js'
import { deploymentStatus } from './events/deployment-status.js'
import { repositoryDispatch, workflowDispatch } from './events/dispatches.js'
import { exceptionRequests } from './events/exception-requests.js'
import { fork } from './events/fork.js'
import { meta, ping } from './events/hook.js'
import { installation } from './events/installation.js'
import { installationRepositories } from './events/installation-repositories.js'
import { member } from './events/member.js'
import { mergeGroup } from './events/merge-group.js'
import { organization, orgBlock } from './events/organization.js'
import { packageEvent, registryPackage } from './events/package.js'
import { pageBuild } from './events/page-build.js'
import { pullRequest } from './events/pull-request.js'
import { pullRequestReview } from './events/pull-request-review.js'
import { push } from './events/push.js'
import { release } from './events/release.js'
import { publicEvent, repository, repositoryImport } from './events/repository.js'
import { repositoryRuleset } from './events/repository-ruleset.js'
import { secretScanningAlert } from './events/secret-scanning-alert.js'
import { secretScanningAlertLocation } from './events/secret-scanning-alert-location.js'
import { secretScanningScan } from './events/secret-scanning-scan.js'
import { securityAndAnalysis } from './events/security-and-analysis.js'
import { status } from './events/status.js'
import { membership, team, teamAdd } from './events/team.js'
import { tokenRequest } from './events/token-request.js'
import { workflowJob } from './events/workflow-job.js'
import { workflowRun } from './events/workflow-run.js'

/** Every event that is read by name: a new one is one file and one line here. */
const NORMALISERS: readonly Normaliser[] = [
  appAuthorization,
  branchProtectionConfiguration,
  branchProtectionRule,
  cacheSync,
  checkRun,
  checkSuite,
  codeScanningAlert,
  ...collaboration,
  create,
  ...customProperties,
  deletion,
  dependabotAlert,
  deployKey,
  deployment,
  deploymentProtectionRule,
  deploymentReview,
  deploymentStatus,
  enterprise,
  ...exceptionRequests,
  fork,
  installation,
  installationRepositories,
  installationTarget,
  member,
  membership,
  mergeGroup,
  meta,
  organization,
  orgBlock,
  packageEvent,
  pageBuild,
  ping,
  publicEvent,
  pullRequest,
  pullRequestReview,
  push,
  registryPackage,
  release,
  repository,
  repositoryAdvisory,
  repositoryDispatch,
  repositoryImport,
  repositoryRuleset,
  secretScanningAlert,
  secretScanningAlertLocation,
  secretScanningScan,
  securityAdvisory,
  securityAndAnalysis,
  status,
  team,
  teamAdd,
  tokenRequest,
  user,
  workflowDispatch,
  workflowJob,
  workflowRun,
]

const BY_EVENT: ReadonlyMap<string, Normaliser> = new Map(
  NORMALISERS.map((normaliser) => [normaliser.event, normaliser]),
)

export function normaliserOf(event: string): Normaliser | undefined {
  return BY_EVENT.get(event)
}
