import { z } from 'zod'

import { readInstallations } from '../../ledger/index.js'
import { named } from '../answers/named.js'
import { installation } from '../answers/places.js'
import { githubId } from '../parameters.js'
import { found } from './found.js'
import { operation } from './operation.js'

export const showInstallation = operation({
  id: 'showInstallation',
  path: '/installations/{installation_id}',
  scope: 'read',
  summary: 'What an installation of Hooktrail may see',
  description:
    'Its permissions, events and repositories, who installed it, and who suspended or removed it; once for each host that has one with this id.',
  parameters: z.object({ installation_id: githubId('The id that GitHub gave it.') }),
  answer: named('Installations', z.object({ installations: z.array(installation) })),
  errors: ['api.not_found', 'search.timeout'],
  async answerTo({ parameters, access, parts }) {
    const { installation_id: id } = parameters
    const installations = await readInstallations(parts.database, id, access.within)
    return { installations: found(installations, 'installation with this id') }
  },
})
