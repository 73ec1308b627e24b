import { z } from 'zod'

import { readDeployments } from '../../ledger/index.js'
import { deployment } from '../answers/deployment.js'
import { named } from '../answers/named.js'
import { githubId } from '../parameters.js'
import { operation } from './operation.js'
import { found } from './found.js'

export const showDeployment = operation({
  id: 'showDeployment',
  path: '/deployments/{deployment_id}',
  scope: 'read',
  summary: 'What became of a deployment',
  description:
    'Who sent which commit where, who approved it, whether it stands there still, and whether it put an older commit in place of a newer one; once for each host that has one with this id.',
  parameters: z.object({ deployment_id: githubId('The id that GitHub gave it.') }),
  answer: named('Deployments', z.object({ deployments: z.array(deployment) })),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const { deployment_id: id } = parameters
    const deployments = await readDeployments(parts.database, id, access.within)
    return { deployments: found(deployments, 'deployment with this id') }
  },
})
