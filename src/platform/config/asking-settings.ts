import type { Setting } from './settings.js'

/** Who asks the log, where it is, and in which time zone. */
export const ASKING = [
  {
    name: 'HOOKTRAIL_TIME_ZONE',
    group: 'asking',
    description:
      'Time zone (an IANA name) that days and times without an offset are meant in, in queries and in answers.',
    default: 'UTC',
    example: 'Europe/Berlin',
    remedy: 'Give a name such as Europe/Berlin, America/New_York or UTC.',
  },
  {
    name: 'HOOKTRAIL_LOGIN',
    group: 'asking',
    description:
      'Your login on GitHub, which `@me` stands for in queries of the `hooktrail` command.',
    example: 'octocat',
    remedy: 'Give a login without “@”.',
  },
  {
    name: 'HOOKTRAIL_TOKEN',
    group: 'asking',
    description:
      'A token of `hooktrail token create`: with it the `hooktrail` command asks the server at `HOOKTRAIL_URL` over HTTP, and no database.',
    secret: true,
    remedy: 'Copy the whole token (htk_…) as `hooktrail token create` shows it, or remove it.',
  },
  {
    name: 'HOOKTRAIL_TOKEN_PATH',
    group: 'asking',
    description: 'The file that holds the token, instead of `HOOKTRAIL_TOKEN`.',
    example: '/home/octocat/.config/hooktrail/token',
    remedy: 'Name a file that this user can read.',
  },
] as const satisfies readonly Setting[]
