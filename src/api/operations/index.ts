import { facets } from './count-facets.js'
import { histogram } from './count-over-time.js'
import { complete } from './complete-query.js'
import { explain } from './explain-query.js'
import { listEntries } from './list-entries.js'
import { listSavedQueries } from './list-saved-queries.js'
import type { Operation } from './operation.js'
import { listApiTokens } from './list-tokens.js'
import { placeEntry } from './place-entry.js'
import { proveEntry } from './prove-entry.js'
import { showEntry } from './show-entry.js'
import { relateEntry } from './relate-entry.js'
import { showDeployment } from './show-deployment.js'
import { showInstallation } from './show-installation.js'
import { showAccount, showRepository, showRepositoryById } from './show-places.js'
import { showPullRequest } from './show-pull-request.js'
import { showRun } from './show-run.js'
import { showSubject } from './show-subject.js'
import { tailEntries } from './tail-entries.js'

export type { ApiParts, Operation } from './operation.js'

/** Every operation of /api/v1. A new one is a file beside this one, and one line here. */
export const OPERATIONS: readonly Operation[] = [
  listEntries,
  // Before what takes any word in this place.
  tailEntries,
  showEntry,
  proveEntry,
  placeEntry,
  relateEntry,
  showRun,
  showDeployment,
  showPullRequest,
  showSubject,
  showRepository,
  showRepositoryById,
  showAccount,
  showInstallation,
  facets,
  histogram,
  explain,
  complete,
  listApiTokens,
  listSavedQueries,
]
