import { ASKING } from './asking-settings.js'

/** Which part of Hooktrail a setting belongs to; the documentation is ordered by it. */
export const SETTING_GROUPS = {
  app: 'The GitHub App',
  github: 'GitHub host',
  server: 'Server',
  database: 'Database',
  log: 'Transparency log',
  behaviour: 'Behaviour',
  asking: 'Asking the log',
  logging: 'Logging',
} as const
export type SettingGroup = keyof typeof SETTING_GROUPS

/** One environment variable: what is parsed, documented in `.env.example` and in docs/configuration.md. */
export interface Setting {
  readonly name: string
  readonly group: SettingGroup
  readonly description: string
  /** The text that is parsed when the variable is not set. */
  readonly default?: string
  /** The default in words, where it depends on something. */
  readonly defaultNote?: string
  readonly example?: string
  /** Never shown in a message, a log or a page. */
  readonly secret?: true
  /** What to do when the value is refused. */
  readonly remedy: string
}

const MAKE_SECRET = 'Make one with `openssl rand -hex 32`'

const REGISTRY = [
  {
    name: 'NODE_ENV',
    group: 'server',
    description:
      '`production` refuses to start without App credentials and a strong webhook secret; `development` opens the setup page instead. `test` is the same as `development`.',
    default: 'development',
    remedy: 'Set it to production or development.',
  },
  {
    name: 'APP_ID',
    group: 'app',
    description:
      'The App’s number, from its settings page. Without App credentials Hooktrail offers to register the App (not in production).',
    example: '123456',
    remedy:
      'Copy the number behind “App ID” on the App’s settings page (it is not the client id), or run `npm start` without NODE_ENV=production to register an App.',
  },
  {
    name: 'PRIVATE_KEY',
    group: 'app',
    description:
      'The App’s private key: PEM with real line breaks or with `\\n` for them, or the PEM in base64.',
    example: '"-----BEGIN RSA PRIVATE KEY-----\\n…\\n-----END RSA PRIVATE KEY-----"',
    secret: true,
    remedy:
      'Generate a key on the App’s settings page and give the downloaded file, either its text in PRIVATE_KEY or its path in PRIVATE_KEY_PATH.',
  },
  {
    name: 'PRIVATE_KEY_PATH',
    group: 'app',
    description: 'The file that holds the private key, instead of `PRIVATE_KEY`.',
    example: './hooktrail.private-key.pem',
    remedy: 'Name a PEM file that this user can read.',
  },
  {
    name: 'WEBHOOK_SECRET',
    group: 'app',
    description:
      'The secret that GitHub signs deliveries with: at least 16 characters, the same as on the App’s settings page. Make one with `openssl rand -hex 32`.',
    secret: true,
    remedy: `${MAKE_SECRET}, put it here and on the App’s settings page.`,
  },
  {
    name: 'WEBHOOK_SECRET_PREVIOUS',
    group: 'app',
    description:
      'The old webhook secret while a new one is brought in: deliveries signed with either are accepted. Remove it afterwards.',
    secret: true,
    remedy: 'Give the secret that was in use before, or remove this variable.',
  },
  {
    name: 'GITHUB_CLIENT_ID',
    group: 'app',
    description: 'Written by the setup page for a later login; not used yet.',
    remedy: 'Remove it.',
  },
  {
    name: 'GITHUB_CLIENT_SECRET',
    group: 'app',
    description: 'Written by the setup page for a later login; not used yet.',
    secret: true,
    remedy: 'Remove it.',
  },
  {
    name: 'GHE_HOST',
    group: 'github',
    description:
      'Host of a GitHub Enterprise Server or of GHE.com, without scheme. Part of every key in the log: one Hooktrail serves one host.',
    default: 'github.com',
    example: 'github.example.com',
    remedy:
      'Give the host alone, with a port if it has one: github.example.com, not https://github.example.com/.',
  },
  {
    name: 'GHE_PROTOCOL',
    group: 'github',
    description: '`https` or `http`.',
    default: 'https',
    remedy: 'Set it to https or http.',
  },
  {
    name: 'GITHUB_API_URL',
    group: 'github',
    description: 'REST API of the host, where it is not the usual one (a proxy, a test).',
    defaultNote: 'from the host: `https://api.github.com` or `<host>/api/v3`',
    remedy: 'Give an http or https URL without user, query or fragment, or remove it.',
  },
  {
    name: 'HOST',
    group: 'server',
    description: 'Address to listen on.',
    defaultNote: '`0.0.0.0` in production, `127.0.0.1` otherwise',
    example: '127.0.0.1',
    remedy: 'Give an IP address or host name of this machine.',
  },
  {
    name: 'PORT',
    group: 'server',
    description: 'Port to listen on; `0` takes any free one.',
    default: '3000',
    remedy: 'Give a whole number from 0 to 65535.',
  },
  {
    name: 'WEBHOOK_PATH',
    group: 'server',
    description: 'Path that GitHub delivers to.',
    default: '/api/github/webhooks',
    remedy: 'Give a path that begins with /, without query or spaces.',
  },
  {
    name: 'HOOKTRAIL_URL',
    group: 'server',
    description:
      'The URL by which GitHub and people reach Hooktrail, without the webhook path: for links in check runs and for checking the webhook’s address.',
    example: 'https://hooktrail.example.com',
    remedy: 'Give an http or https URL without user, query or fragment.',
  },
  {
    name: 'HOOKTRAIL_API_TOKEN',
    group: 'server',
    description:
      'The operator’s own bearer token for `/api/v1`, with all scopes: at least 32 characters, no spaces. Tokens for others: `hooktrail token create`.',
    secret: true,
    remedy: `${MAKE_SECRET}, or remove it.`,
  },
  {
    name: 'DATABASE_URL',
    group: 'database',
    description:
      'A PostgreSQL server of your own (14 or later). Without it Hooktrail runs its own PostgreSQL in `HOOKTRAIL_DATA_DIR`.',
    example: 'postgresql://hooktrail:password@db.example.com/hooktrail',
    secret: true,
    remedy:
      'Give postgresql://user:password@host/database, with special characters in the password percent-encoded, or remove it to use the embedded server.',
  },
  {
    name: 'HOOKTRAIL_DATA_DIR',
    group: 'database',
    description: 'Where the embedded PostgreSQL keeps its files. This directory is the log.',
    defaultNote:
      '`.hooktrail` in the working directory for an ordinary user, `/var/lib/hooktrail` for root',
    example: '/var/lib/hooktrail',
    remedy: 'Give the path of a directory that this user may write to.',
  },
  {
    name: 'HOOKTRAIL_VERIFIED_FILE',
    group: 'database',
    description:
      'Where `hooktrail verify` keeps how far the log was found whole, and its root there. Outside of the database, so that whoever can only write to that cannot move it; best on a disk that the database’s operator cannot write to.',
    defaultNote:
      '`verified.json` in `HOOKTRAIL_DATA_DIR`; with `DATABASE_URL` `.hooktrail-verified.json` in the working directory',
    example: '/var/lib/hooktrail-verified/verified.json',
    remedy: 'Give the path of a file in a directory that this user may write to.',
  },
  {
    name: 'HOOKTRAIL_POSTGRES_USER',
    group: 'database',
    description:
      'System user that the embedded PostgreSQL runs as when Hooktrail is started by root (PostgreSQL refuses to run as root).',
    default: 'postgres',
    remedy: 'Give the name of a system user.',
  },
  {
    name: 'HOOKTRAIL_LOG_KEY',
    group: 'log',
    description:
      'The Ed25519 key that signs checkpoints: PEM (PKCS#8) with real line breaks or with `\\n` for them, or the PEM in base64. Without it and the next one a key is made at the first start. Back it up (docs/operations.md).',
    secret: true,
    remedy: 'Make one with `openssl genpkey -algorithm ed25519`, or remove it.',
  },
  {
    name: 'HOOKTRAIL_LOG_KEY_PATH',
    group: 'log',
    description: 'The file that holds the key, instead of `HOOKTRAIL_LOG_KEY`.',
    defaultNote: '`log-key.pem` in `HOOKTRAIL_DATA_DIR`, made at the first start',
    example: '/etc/hooktrail/log-key.pem',
    remedy: 'Name a PEM file that this user can read.',
  },
  {
    name: 'HOOKTRAIL_LOG_ORIGIN',
    group: 'log',
    description:
      'The log’s name in its checkpoints. It stays what it was at the first start: to change it, `hooktrail log rotate`.',
    defaultNote: '`HOOKTRAIL_URL` without scheme',
    example: 'hooktrail.example.com',
    remedy: 'Give a URL without scheme, without spaces and plus signs, as hooktrail.example.com.',
  },
  {
    name: 'HOOKTRAIL_ANCHOR_FILE',
    group: 'log',
    description:
      'A checkpoint that was kept outside of the database: a database that does not contain it is not signed.',
    example: '/srv/anchors/hooktrail.checkpoint',
    remedy: 'Name a file, or remove it.',
  },
  {
    name: 'HOOKTRAIL_WITNESS_POLICY',
    group: 'log',
    description:
      'A C2SP tlog-policy file with the witnesses that cosign each checkpoint (name, verifier key and URL of each) and how many of them are enough (docs/operations.md, “Witnesses”).',
    example: '/etc/hooktrail/witnesses.policy',
    remedy: 'Name a file, or remove it.',
  },
  {
    name: 'HOOKTRAIL_RAW_RETENTION_DAYS',
    group: 'behaviour',
    description:
      'Days that raw deliveries are kept; entries stay for ever. At least 4, so that nothing is removed that GitHub could still deliver again.',
    default: '90',
    remedy: 'Give a whole number of days from 4 to 36500.',
  },
  {
    name: 'HOOKTRAIL_TEXT_RETENTION_DAYS',
    group: 'behaviour',
    description:
      'Days that sealed names and texts (logins, titles, messages, comments) stay readable; entries and proofs stay for ever. `0` keeps them until a person is erased.',
    default: '0',
    remedy: 'Give a whole number of days from 0 to 36500.',
  },
  {
    name: 'HOOKTRAIL_SELF_CHECK',
    group: 'behaviour',
    description:
      'What the running Hooktrail verifies by itself: `new` (each hour what was appended since), `all` (also everything, each Sunday night) or `off`. What does not hold becomes an entry `verification.failed` and a line in the log output.',
    default: 'all',
    remedy: 'Set it to all, new or off.',
  },
  {
    name: 'HOOKTRAIL_JOB_CONCURRENCY',
    group: 'behaviour',
    description: 'Jobs (check runs, alerts) that this process works on at a time, 8 at most.',
    default: '4',
    remedy: 'Give a whole number from 1 to 8.',
  },
  {
    name: 'HOOKTRAIL_CHECK_DELAY',
    group: 'behaviour',
    description:
      'Milliseconds to wait before a commit’s check run is written, so that what happens together is written once.',
    default: '5000',
    remedy: 'Give a whole number of milliseconds from 0 to 600000.',
  },
  ...ASKING,
  {
    name: 'LOG_LEVEL',
    group: 'logging',
    description: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    default: 'info',
    remedy: 'Set it to trace, debug, info, warn, error, fatal or silent.',
  },
  {
    name: 'LOG_FORMAT',
    group: 'logging',
    description: '`json` (one object per line) or `pretty` (for people). Logs go to stderr.',
    defaultNote: '`json` in production, `pretty` otherwise',
    example: 'json',
    remedy: 'Set it to json or pretty.',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof REGISTRY)[number]['name']

/** Every variable that Hooktrail reads, and nothing else. */
export const SETTINGS: readonly (Setting & { readonly name: SettingName })[] = REGISTRY
