import type { Route } from '../route.js'
import { accountRoutes } from './accounts.js'
import { actionsRoutes } from './actions.js'
import { appRoutes } from './app.js'
import { checkRunRoutes } from './check-runs.js'
import { commentRoutes } from './comments.js'
import { compareRoutes } from './compare.js'
import { contentRoutes } from './contents.js'
import { hookRoutes } from './hook.js'
import { issueRoutes } from './issues.js'
import { metaRoutes } from './meta.js'
import { pullRoutes } from './pulls.js'
import { refRoutes } from './refs.js'
import { repositoryRoutes } from './repositories.js'
import { settingsRoutes } from './settings.js'

/** Everything that the stand-in serves, by GitHub's operationId. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [
    ...accountRoutes,
    ...actionsRoutes,
    ...appRoutes,
    ...checkRunRoutes,
    ...commentRoutes,
    ...compareRoutes,
    ...contentRoutes,
    ...hookRoutes,
    ...issueRoutes,
    ...metaRoutes,
    ...pullRoutes,
    ...refRoutes,
    ...repositoryRoutes,
    ...settingsRoutes,
  ].map((route) => [route.id, route]),
)
