import { UsageError } from '../exit-code.js'
import type { LogReader } from '../log-reader.js'
import type { Look } from '../text/look.js'
import { deploymentText } from '../text/state/deployment.js'
import { accountText, installationText, repositoryText, subjectText } from '../text/state/places.js'
import { pullRequestText } from '../text/state/pull-request.js'

export type KindName = 'deployment' | 'pr' | 'repo' | 'account' | 'installation' | 'subject'

/** What is found, for programs and for people. */
export interface Found {
  readonly states: readonly unknown[]
  readonly texts: (look: Look) => string[]
}

interface Kind {
  /** How it is named on the command line. */
  readonly form: string
  readonly find: (log: LogReader, reference: string) => Promise<Found>
}

function found<State>(states: readonly State[], text: (state: State, look: Look) => string): Found {
  return { states, texts: (look) => states.map((state) => text(state, look)) }
}

export const KINDS: Readonly<Record<KindName, Kind>> = {
  deployment: {
    form: 'the id of a deployment: hooktrail state deployment 2901447016',
    find: async (log, reference) =>
      found(await log.deployments(readId('deployment', reference)), deploymentText),
  },
  pr: {
    form: 'owner/name#number, or the address of its page: hooktrail state pr acme/shop#12',
    find: async (log, reference) =>
      found(await log.pullRequests(readPull(reference)), pullRequestText),
  },
  repo: {
    form: 'owner/name, also one that it had before, or its id: hooktrail state repo acme/shop',
    find: async (log, reference) => {
      if (!/^(?:\d+|[^/\s]+\/[^/\s]+)$/.test(reference)) throw misread('repo', reference)
      return found(await log.repositories(reference), repositoryText)
    },
  },
  account: {
    form: 'the name of an organization or person, also one that it had before: hooktrail state account acme',
    find: async (log, reference) => found(await log.accounts(reference), accountText),
  },
  installation: {
    form: 'the id of an installation: hooktrail state installation 58204117',
    find: async (log, reference) =>
      found(await log.installations(readId('installation', reference)), installationText),
  },
  subject: {
    form: 'a login, also one that they had before, or the subject’s id of hooktrail show: hooktrail state subject octocat',
    find: async (log, reference) => found(await log.subjects(reference), subjectText),
  },
}

function misread(kind: KindName, reference: string): UsageError {
  return new UsageError(`“${reference.slice(0, 200)}” is not ${KINDS[kind].form}`)
}

function readId(kind: KindName, reference: string): number {
  const id = Number(reference)
  if (/^\d+$/.test(reference) && Number.isSafeInteger(id)) return id
  throw misread(kind, reference)
}

function readPull(reference: string): { readonly repository: string; readonly number: number } {
  const [, repository, number] =
    /^(?:https?:\/\/[^/]+\/)?([^/\s#]+\/[^/\s#]+)(?:#|\/pull\/)(\d{1,9})(?:[/?#].*)?$/.exec(
      reference,
    ) ?? []
  if (repository === undefined) throw misread('pr', reference)
  return { repository, number: Number(number) }
}
