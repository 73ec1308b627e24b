import { countedAnswer, listAnswer } from '../pagination.js'
import { notFound } from '../refusal.js'
import {
  callingToken,
  needs,
  ok,
  param,
  repositoryOf,
  type Answer,
  type Call,
  type Route,
} from '../route.js'
import type { Environment, Repository } from '../state.js'
import {
  collaboratorView,
  deployKeyView,
  environmentView,
  fullRulesetView,
  rulesetView,
  secretView,
} from '../views/settings.js'

export const settingsRoutes: readonly Route[] = [
  { id: 'actions/list-repo-secrets', access: needs('secrets'), answer: listRepoSecrets },
  {
    id: 'actions/list-environment-secrets',
    access: needs('environments'),
    answer: listEnvironmentSecrets,
  },
  { id: 'repos/get-all-environments', access: needs('actions'), answer: getAllEnvironments },
  { id: 'repos/get-environment', access: needs('actions'), answer: getEnvironment },
  { id: 'repos/list-collaborators', access: needs('metadata'), answer: listCollaborators },
  { id: 'repos/list-deploy-keys', access: needs('administration'), answer: listDeployKeys },
  { id: 'repos/get-repo-rulesets', access: needs('metadata'), answer: getRepoRulesets },
  { id: 'repos/get-repo-ruleset', access: needs('metadata'), answer: getRuleset },
]

function listRepoSecrets(call: Call): Answer {
  const secrets = [...repositoryOf(call).secrets.values()]
  return countedAnswer(call, 'secrets', secrets, secretView)
}

function listEnvironmentSecrets(call: Call): Answer {
  const secrets = [...environmentOf(call, repositoryOf(call)).secrets.values()]
  return countedAnswer(call, 'secrets', secrets, secretView)
}

function getAllEnvironments(call: Call): Answer {
  const repository = repositoryOf(call)
  const all = [...repository.environments.values()]
  return countedAnswer(call, 'environments', all, (one) =>
    environmentView(call.world.state, repository, one),
  )
}

function getEnvironment(call: Call): Answer {
  const repository = repositoryOf(call)
  return ok(environmentView(call.world.state, repository, environmentOf(call, repository)))
}

function listCollaborators(call: Call): Answer {
  return listAnswer(call, [...repositoryOf(call).collaborators.values()], (one) =>
    collaboratorView(call.world.state, one),
  )
}

function listDeployKeys(call: Call): Answer {
  const repository = repositoryOf(call)
  return listAnswer(call, [...repository.deployKeys.values()], (key) =>
    deployKeyView(call.world.state, repository, key),
  )
}

function getRepoRulesets(call: Call): Answer {
  const repository = repositoryOf(call)
  return listAnswer(call, [...repository.rulesets.values()], (one) =>
    rulesetView(call.world.state, repository, one),
  )
}

function environmentOf(call: Call, repository: Repository): Environment {
  const found = repository.environments.get(param(call, 'environment_name'))
  if (!found) throw notFound()
  return found
}

function getRuleset(call: Call): Answer {
  const repository = repositoryOf(call)
  const found = repository.rulesets.get(Number(param(call, 'ruleset_id')))
  if (!found) throw notFound()
  const maySeeBypass = callingToken(call).permissions['administration'] === 'write'
  return ok(fullRulesetView(call.world.state, repository, found, maySeeBypass))
}
