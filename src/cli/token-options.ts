import { InvalidArgumentError } from 'commander'

import { SCOPES } from '../ledger/index.js'

const DAY_MS = 86_400_000
const LONGEST_DAYS = 3650

/** The option `--scope`: names with commas between them. */
export function readScopes(text: string, before: readonly string[] = []): string[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !Object.hasOwn(SCOPES, name))
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`It is one or several of ${Object.keys(SCOPES).join(', ')}.`)
  }
  return [...new Set([...before, ...names])]
}

/** The option `--org`, which may be given several times. */
export function readOrganisation(text: string, before: readonly string[] = []): string[] {
  if (/^[a-z0-9_-]{1,100}$/i.test(text)) return [...before, text]
  throw new InvalidArgumentError('It is the name of an organisation or account, such as acme.')
}

/** The option `--repo`, which may be given several times. */
export function readRepository(text: string, before: readonly string[] = []): string[] {
  if (/^[a-z0-9_-]{1,100}\/[a-z0-9._-]{1,100}$/i.test(text)) return [...before, text]
  throw new InvalidArgumentError('It is owner/name, such as acme/shop.')
}

/** The option `--expires`: milliseconds from now on, `undefined` for never. */
export function readLifetime(text: string): number | undefined {
  if (text === 'never') return undefined
  const days = Number(/^(\d{1,4})d$/.exec(text)?.[1])
  if (days >= 1 && days <= LONGEST_DAYS) return days * DAY_MS
  throw new InvalidArgumentError(
    `It is a number of days from 1d to ${String(LONGEST_DAYS)}d, or never.`,
  )
}
