import {
  installationReaches,
  type GitHubState,
  type Installation,
  type Repository,
} from '../state.js'

/** The repositories that an installation, or a token of it, reaches. */
export function repositoriesOf(
  state: GitHubState,
  reach: {
    readonly installation: Installation
    readonly repositories: ReadonlySet<number> | null
  },
): Repository[] {
  return [...state.repositories.values()].filter(
    (one) =>
      installationReaches(reach.installation, one) && (reach.repositories?.has(one.id) ?? true),
  )
}
