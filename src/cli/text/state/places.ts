import type { EntryPrincipal } from '../../../core/domain/index.js'
import type {
  AccountState,
  InstallationState,
  Names,
  NameSpan,
  RepositoryState,
} from '../../../core/state/index.js'
import type { SubjectStory } from '../../../ledger/index.js'
import { printable } from '../../../platform/index.js'
import { who } from '../entry.js'
import { moment, pair, type Look, type Pair } from '../look.js'
import { pairs } from '../table.js'

export function repositoryText(one: RepositoryState, look: Look): string {
  const facts = [one.visibility, one.archived === true && 'archived', one.deleted && 'deleted']
  return story(`Repository ${one.name ?? '(erased)'}`, facts, look, [
    ['Id', `${String(one.id)} at ${printable(one.host)}`],
    ...pair('Owner', one.account?.name),
    ...pair('Default branch', one.defaultBranch),
    ...pair(
      'Installation',
      one.installationId === undefined ? undefined : String(one.installationId),
    ),
    ...seen(one, look),
    ...namesOf(one, look),
  ])
}

export function accountText(one: AccountState, look: Look): string {
  return story(`Account ${one.name ?? '(erased)'}`, [one.type, one.deleted && 'deleted'], look, [
    ['Id', `${String(one.id)} at ${printable(one.host)}`],
    ...pair('Installations', one.installationIds.join(', ')),
    ...seen(one, look),
    ...namesOf(one, look),
  ])
}

export function installationText(one: InstallationState, look: Look): string {
  const permissions = Object.entries(one.permissions ?? {}).map((level) => level.join(': '))
  const more = one.unnamedRepositories > 0 ? ` and ${String(one.unnamedRepositories)} more` : ''
  const ended = one.state === 'deleted' ? 'Deleted by' : 'Suspended by'
  return story(`Installation ${String(one.id)}`, [one.state], look, [
    ...pair('On', one.account && `${one.account.name} at ${one.host}`),
    ...pair('App', one.app),
    ...act('Installed by', one.installedBy, one.installedAt, look),
    ...act(ended, one.endedBy, one.endedAt, look),
    ...pair('Permissions', permissions.join(', ')),
    ...pair('Events', one.events?.join(', ')),
    ...pair('Sees', one.repositorySelection && `${one.repositorySelection} repositories`),
    ...pair('Repositories', one.repositories.map(({ name }) => name).join(', ') + more),
    ...pair('Page', one.url),
  ])
}

export function subjectText({ state, complete }: SubjectStory, look: Look): string {
  const name = state.login ?? '(erased)'
  return story(name, [state.type], look, [
    ['Subject', printable(`${state.subject} at ${state.host}`)],
    ...seen(state, look),
    ...spans('Logins', state.logins, look),
    ...spans('Names', state.displays, look),
    ...pair(
      'Note',
      complete ? undefined : 'not every entry was opened: a login of a short time may be missing',
    ),
  ])
}

function story(
  name: string,
  facts: readonly (string | false | undefined)[],
  { styles }: Look,
  rows: readonly Pair[],
): string {
  const said = facts.filter((fact) => fact !== false && fact !== undefined).map(String)
  const head = [styles.bold(printable(name)), printable(said.join(', '))]
  return `${head.filter((text) => text !== '').join('  ')}\n\n${pairs(rows, styles.dim)}`
}

function seen(
  { firstSeen, lastSeen }: { readonly firstSeen: string; readonly lastSeen: string },
  look: Look,
): Pair[] {
  return [
    ...pair('First seen', moment(firstSeen, look)),
    ...pair('Last seen', moment(lastSeen, look)),
  ]
}

function act(name: string, actor: EntryPrincipal | undefined, ...[at, look]: Moment): Pair[] {
  return actor ? [[name, `${who(actor)}  ${look.styles.dim(moment(at, look) ?? '')}`]] : []
}

type Moment = readonly [at: string | undefined, look: Look]

function namesOf({ names, renamings }: Names, look: Look): Pair[] {
  const shown = (name: string | null | undefined): string =>
    name === null ? '(erased)' : printable(name ?? '(unknown)')
  const lines = renamings.map(
    ({ before, after, kind, actor, at }) =>
      `${shown(before)} → ${shown(after)}, ${kind} by ${who(actor)}  ${look.styles.dim(moment(at, look) ?? '')}`,
  )
  const changes: Pair[] = lines.length === 0 ? [] : [['Renamed', lines.join('\n')]]
  return names.length > 1 ? [...spans('Names', names, look), ...changes] : changes
}

function spans(title: string, names: readonly NameSpan[], look: Look): Pair[] {
  const lines = names.map(({ name, firstSeen, lastSeen }) => {
    const [from, to] = [moment(firstSeen, look) ?? '', moment(lastSeen, look) ?? '']
    return `${printable(name)}  ${look.styles.dim(from === to ? from : `${from} to ${to}`)}`
  })
  return lines.length === 0 ? [] : [[title, lines.join('\n')]]
}
