import type { Command } from 'commander'

import {
  createToken,
  listTokens,
  revokeToken,
  SCOPES,
  UNLIMITED_SCOPES,
  type ApiToken,
} from '../../ledger/index.js'
import { printable, type Config, type Database } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { operatorBy } from '../operator.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { table, type Column } from '../text/table.js'
import { readLifetime, readOrganisation, readRepository, readScopes } from '../token-options.js'
import { withDatabase } from '../with-database.js'

interface CreateFlags {
  readonly name: string
  readonly scope?: readonly string[]
  readonly org?: readonly string[]
  readonly repo?: readonly string[]
  readonly expires: number | undefined
  readonly json?: boolean
}

/** Not the option's default: commander gives that to the reader as what came before, and what was given would be added. */
const USUAL_SCOPES = ['read']

const EXAMPLES = `
Examples:
  hooktrail token create --name dashboard
  hooktrail token create --name siem --org acme --expires 365d
  hooktrail token create --name auditor --scope read --repo acme/shop --repo acme/site
  hooktrail token list
  hooktrail token revoke 6f1c6b0e-5d2b-4c6c-9f39-3a4be0b1a111

What each scope allows: docs/api.md. Each creation and revocation is an entry: hooktrail search 'action:token.*'`

export function addToken(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const token = program
    .command('token')
    .description('tokens of the HTTP API: make, list and revoke them')
    .addHelpText('after', EXAMPLES)
  token
    .command('create')
    .description('make a token, which is shown once')
    .requiredOption('--name <name>', 'what it is for, or whose it is')
    .option(
      '--scope <scopes>',
      `one or several of ${Object.keys(SCOPES).join(', ')}, with commas between them (default: read)`,
      readScopes,
    )
    .option(
      '--org <name>',
      'only entries of this organisation; several times for several',
      readOrganisation,
    )
    .option(
      '--repo <owner/name>',
      'only entries of this repository; several times for several',
      readRepository,
    )
    .option('--expires <days>', 'how long it holds: 90d; never', readLifetime, readLifetime('90d'))
    .option('--json', 'one JSON document')
    .action(async (flags: CreateFlags) => {
      checkGrant(flags)
      finish(
        await withDatabase(context, (database, config) =>
          create(context, { database, config, flags }),
        ),
      )
    })
  addListAndRevoke(token, context, finish)
}

function addListAndRevoke(
  token: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  token
    .command('list')
    .description('every token, what it may do, and when it was last used')
    .option('--json', 'one JSON document')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      finish(await withDatabase(context, (database) => list(context, database, json)))
    })
  token
    .command('revoke')
    .description('end a token at once')
    .argument('<id>', 'from the list')
    .action(async (id: string) => {
      const known = readId(id)
      finish(
        await withDatabase(context, (database, config) =>
          revoke(context, { database, config, id: known }),
        ),
      )
    })
}

function checkGrant({ name, scope = USUAL_SCOPES, org, repo }: CreateFlags): void {
  if (name.trim() === '' || name.length > 100) {
    throw new UsageError('--name has 1 to 100 characters')
  }
  const unlimited = scope.filter((one) => UNLIMITED_SCOPES.has(one))
  if (unlimited.length === 0 || (!org && !repo)) return
  throw new UsageError(
    `${unlimited.join(' and ')} cannot be limited to organisations or repositories: make two tokens, or leave --org and --repo out`,
  )
}

function readId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text
  // Never repeated: it may be the secret itself.
  throw new UsageError('the id of a token is a UUID: hooktrail token list shows it')
}

interface Asked {
  readonly database: Database
  readonly config: Config
}

async function create(
  context: CliContext,
  { database, config, flags }: Asked & { readonly flags: CreateFlags },
): Promise<ExitCode> {
  const operator = operatorBy(context, config)
  const { expires } = flags
  const grant = {
    name: flags.name.trim(),
    scopes: flags.scope ?? USUAL_SCOPES,
    organisations: flags.org ?? [],
    repositories: flags.repo ?? [],
    expiresAt: expires === undefined ? null : new Date(operator.now + expires),
  }
  const { token, secret } = await createToken(database, grant, operator)
  if (flags.json) {
    await context.out.write(jsonDocument({ token: secret, ...tokenJson(token) }))
    return EXIT.ok
  }
  await context.out.write(`${secret}\n`)
  await context.err.write(
    `This is shown once. Id ${token.id}, ${limitsOf(token)}, ${endOf(token, operator.now)}.\n`,
  )
  return EXIT.ok
}

const COLUMNS: readonly Column[] = [
  { title: 'id' },
  { title: 'name', atLeast: 10 },
  { title: 'scopes', atLeast: 10 },
  { title: 'sees', atLeast: 12 },
  { title: 'state', atLeast: 12 },
  { title: 'last used' },
]

async function list(
  { out, err, now }: CliContext,
  database: Database,
  json: boolean,
): Promise<ExitCode> {
  const tokens = await listTokens(database)
  if (json) await out.write(jsonDocument({ tokens: tokens.map(tokenJson) }))
  else if (tokens.length === 0)
    await err.write('No token was made: hooktrail token create --name …\n')
  else {
    const rows = tokens.map((token) =>
      [
        token.id,
        printable(token.name),
        token.scopes.join(', '),
        limitsOf(token),
        endOf(token, now()),
        token.lastUsedAt?.toISOString().slice(0, 16) ?? 'never',
      ].map((text) => ({ text })),
    )
    await out.write(table(COLUMNS, rows, { width: out.columns, styles: styles(out.colors) }))
  }
  return EXIT.ok
}

async function revoke(
  context: CliContext,
  { database, config, id }: Asked & { readonly id: string },
): Promise<ExitCode> {
  const token = await revokeToken(database, id, operatorBy(context, config))
  if (token) {
    await context.out.write(`The token “${printable(token.name)}” is revoked.\n`)
    return EXIT.ok
  }
  await context.err.write(`There is no token ${id}: hooktrail token list\n`)
  return EXIT.no
}

function limitsOf({ organisations, repositories }: ApiToken): string {
  const limits = [...organisations, ...repositories]
  return limits.length === 0 ? 'the whole log' : limits.join(', ')
}

function endOf({ revokedAt, expiresAt }: ApiToken, now: number): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString().slice(0, 10)}`
  if (!expiresAt) return 'never expires'
  const day = expiresAt.toISOString().slice(0, 10)
  return expiresAt.getTime() > now ? `expires ${day}` : `expired ${day}`
}

function tokenJson(token: ApiToken): object {
  const { id, name, scopes, organisations, repositories } = token
  return {
    ...{ id, name, scopes, organisations, repositories },
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    revoked_at: token.revokedAt,
    last_used_at: token.lastUsedAt,
  }
}
