import { z } from 'zod'

import { readAccounts, readRepositories } from '../../ledger/index.js'
import { named } from '../answers/named.js'
import { account, repository } from '../answers/places.js'
import { githubId, plainName } from '../parameters.js'
import { found } from './found.js'
import { operation } from './operation.js'

const repositories = named('Repositories', z.object({ repositories: z.array(repository) }))

/** Where a repository is named by two parts of the path. */
export const repositoryName = {
  owner: plainName('The account that owns it, or owned it under this name.'),
  repository: plainName('Its name without the owner.'),
}

export const showRepository = operation({
  id: 'showRepository',
  path: '/repositories/{owner}/{repository}',
  scope: 'read',
  summary: 'A repository, by a name that it has or had',
  description:
    'Its names, visibility, owner and installation, computed from its entries. Several may have had the name: the one that had it last comes first.',
  parameters: z.object(repositoryName),
  answer: repositories,
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const name = `${parameters.owner}/${parameters.repository}`
    const read = await readRepositories(parts.database, name, access.within)
    return { repositories: found(read, 'repository with this name') }
  },
})

export const showRepositoryById = operation({
  id: 'showRepositoryById',
  path: '/repositories/{repository_id}',
  scope: 'read',
  summary: 'A repository, by its id',
  description: 'As by its name; once for each host that has one with this id.',
  parameters: z.object({
    repository_id: githubId('The id that GitHub gave it: `repo.id` of an entry.'),
  }),
  answer: repositories,
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const id = String(parameters.repository_id)
    const read = await readRepositories(parts.database, id, access.within)
    return { repositories: found(read, 'repository with this id') }
  },
})

export const showAccount = operation({
  id: 'showAccount',
  path: '/accounts/{account}',
  scope: 'read',
  summary: 'An organisation or account, by a name that it has or had',
  description: 'Its names and installations, computed from its entries.',
  parameters: z.object({ account: plainName('Its login.') }),
  answer: named('Accounts', z.object({ accounts: z.array(account) })),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const accounts = await readAccounts(parts.database, parameters.account, access.within)
    return { accounts: found(accounts, 'account with this name') }
  },
})
