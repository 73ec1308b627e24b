import type { GitHubState } from './model.js'

/** A user, a bot or an organisation. */
export interface Account {
  readonly id: number
  /** What GitHub calls it today; a rename keeps the id. */
  login: string
  readonly type: 'User' | 'Bot' | 'Organization'
  readonly name: string | null
  readonly email: string | null
  readonly createdAt: Date
}

export interface NewAccount {
  readonly login: string
  readonly id?: number
  readonly name?: string
  readonly email?: string
  readonly createdAt?: Date
}

/** Adds a person; a login that ends in `[bot]` makes a bot. */
export function addUser(state: GitHubState, account: NewAccount): Account {
  return addAccount(state, account, account.login.endsWith('[bot]') ? 'Bot' : 'User')
}

export function addOrganization(state: GitHubState, account: NewAccount): Account {
  return addAccount(state, account, 'Organization')
}

function addAccount(state: GitHubState, account: NewAccount, type: Account['type']): Account {
  const added: Account = {
    id: account.id ?? state.nextId(),
    login: account.login,
    type,
    name: account.name ?? null,
    email: account.email ?? null,
    createdAt: account.createdAt ?? new Date(0),
  }
  state.accounts.set(added.id, added)
  return added
}

export function findAccount(state: GitHubState, login: string): Account | undefined {
  const wanted = login.toLowerCase()
  return [...state.accounts.values()].find((account) => account.login.toLowerCase() === wanted)
}
