import type { App } from '../app.js'
import { countedAnswer } from '../pagination.js'
import { notFound, Refusal } from '../refusal.js'
import {
  callingApp,
  callingToken,
  forApp,
  needs,
  ok,
  param,
  type Answer,
  type Call,
  type Route,
} from '../route.js'
import { findAccount, findRepository, installationOf, type Account } from '../state.js'
import { organizationView, userView } from '../views/account.js'
import { installationView } from '../views/app.js'
import { repositoryView } from '../views/repository.js'
import { repositoriesOf } from './reach.js'

export const accountRoutes: readonly Route[] = [
  {
    id: 'apps/list-repos-accessible-to-installation',
    access: needs('metadata'),
    answer: listReposAccessibleToInstallation,
  },
  { id: 'orgs/get', access: needs('metadata'), answer: get },
  { id: 'users/get-by-username', access: needs('metadata'), answer: getByUsername },
  { id: 'apps/get-repo-installation', access: forApp, answer: repoInstallation },
  { id: 'apps/get-org-installation', access: forApp, answer: getOrgInstallation },
]

function listReposAccessibleToInstallation(call: Call): Answer {
  const { state } = call.world
  const reached = repositoriesOf(state, callingToken(call))
  return countedAnswer(call, 'repositories', reached, (one) => repositoryView(state, one))
}

function get(call: Call): Answer {
  return ok(organizationView(call.world.state, organization(call)))
}

function getByUsername(call: Call): Answer {
  return ok(userView(call.world.state, account(call, 'username')))
}

function getOrgInstallation(call: Call): Answer {
  const { state } = call.world
  const { id } = organization(call)
  const found = [...state.installations.values()].find((one) => one.account.id === id)
  if (!found) throw notFound()
  return ok(installationView(state, ownApp(call), found))
}

function repoInstallation(call: Call): Answer {
  const { state } = call.world
  const repository = findRepository(state, param(call, 'owner'), param(call, 'repo'))
  const installation = repository && installationOf(state, repository)
  if (!installation) throw notFound()
  return ok(installationView(state, ownApp(call), installation))
}

/** An App sees its own installations only, and all of this state's are the main App's. */
function ownApp(call: Call): App {
  const app = callingApp(call)
  if (app.id !== call.world.mainAppId) throw notFound()
  return app
}

function organization(call: Call): Account {
  const found = account(call, 'org')
  if (found.type !== 'Organization') throw new Refusal('not-found', 'Not Found')
  return found
}

function account(call: Call, name: string): Account {
  const found = findAccount(call.world.state, param(call, name))
  if (!found) throw notFound()
  return found
}
