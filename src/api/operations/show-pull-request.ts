import { z } from 'zod'

import { readPullRequests } from '../../ledger/index.js'
import { named } from '../answers/named.js'
import { pullRequest } from '../answers/pull-request.js'
import { githubId } from '../parameters.js'
import { found } from './found.js'
import { operation } from './operation.js'
import { repositoryName } from './show-places.js'

export const showPullRequest = operation({
  id: 'showPullRequest',
  path: '/repositories/{owner}/{repository}/pulls/{number}',
  scope: 'read',
  summary: 'A pull request’s story',
  description:
    'Who opened, reviewed and merged it, and in which way, computed from its entries; in each repository that has or had the name.',
  parameters: z.object({ ...repositoryName, number: githubId('The number behind #.') }),
  answer: named('PullRequests', z.object({ pullRequests: z.array(pullRequest) })),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const { owner, repository, number } = parameters
    const asked = { repository: `${owner}/${repository}`, number }
    const pullRequests = await readPullRequests(parts.database, asked, access.within)
    return { pullRequests: found(pullRequests, 'pull request with this number') }
  },
})
