import {
  addCollaborator,
  addOrganization,
  addUser,
  type Account,
  type GitHubState,
} from '../github/index.js'

/** Everybody in the story. */
export interface Cast {
  readonly organization: Account
  /** The company GitHub: sender of what it does by itself. */
  readonly github: Account
  /** Leads the team; owner. */
  readonly mira: Account
  /** Runs the platform; owner. */
  readonly samuel: Account
  readonly jonas: Account
  readonly aiko: Account
  /** Joins on the third day. */
  readonly lena: Account
  /** A contractor, whose account is taken over. */
  readonly raj: Account
  /** Nobody of ours: sends a pull request from a fork. */
  readonly outsider: Account
  readonly dependabot: Account
  readonly renovate: Account
  readonly actions: Account
  readonly linter: Account
}

/** Adds everybody to the state. */
export function castStory(state: GitHubState, at: Date): Cast {
  const person = (login: string, id: number, name: string): Account =>
    addUser(state, { login, id, name, createdAt: at })
  return {
    organization: addOrganization(state, { login: 'acme-rail', id: 91_827_364, name: 'Acme Rail' }),
    github: addOrganization(state, { login: 'github', id: 9919, name: 'GitHub' }),
    mira: person('mira-acme', 31_204_118, 'Mira Holt'),
    samuel: person('samuel-acme', 31_204_377, 'Samuel Okafor'),
    jonas: person('jonas-acme', 47_118_220, 'Jonas Brandt'),
    aiko: person('aiko-acme', 58_330_914, 'Aiko Tanaka'),
    lena: person('lena-acme', 190_447_201, 'Lena Fischer'),
    raj: person('raj-contracting', 112_904_553, 'Raj Patel'),
    outsider: person('branch-line-fan', 171_330_448, 'A. Enthusiast'),
    dependabot: person('dependabot[bot]', 49_699_333, 'dependabot[bot]'),
    renovate: person('renovate[bot]', 29_139_614, 'renovate[bot]'),
    actions: person('github-actions[bot]', 41_898_282, 'github-actions[bot]'),
    linter: person('timber-lint[bot]', 88_204_559, 'timber-lint[bot]'),
  }
}

/** Who may write where when the fortnight begins. */
export function grantAccess(cast: Cast, repositories: Repositories): void {
  for (const repository of repositories) {
    addCollaborator(repository, cast.mira, 'admin')
    addCollaborator(repository, cast.samuel, 'admin')
    addCollaborator(repository, cast.jonas, 'write')
    addCollaborator(repository, cast.aiko, 'write')
  }
}

type Repositories = Iterable<Parameters<typeof addCollaborator>[0]>
