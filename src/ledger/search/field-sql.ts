import { join, sqltag as sql, type Sql } from '@prisma/client/runtime/client'

import type { Range, RangeField, TextField, TextMatch } from '../../core/search/index.js'
import { foldTerm } from '../target-terms.js'

type Matches = readonly TextMatch[]

/** How each text field finds rows of log_entry (`e`). Names that GitHub compares without case are folded. */
export const TEXT_SQL: Readonly<Record<TextField, (any: Matches) => Sql>> = {
  action: (any) => exact(sql`e.action`, any),
  category: (any) => exact(sql`e.category`, any),
  operation: (any) => exact(sql`e.operation`, any),
  outcome: (any) => exact(sql`e.outcome`, any),
  actor: (any) => byLogin(sql`e.actor`, any),
  actor_id: (any) => uuid(sql`e.actor`, any),
  actor_type: (any) => exact(sql`e.actor_type`, any),
  via: (any) => byLogin(sql`e.via`, any),
  repo: (any) => folded(sql`e.repo`, any),
  org: (any) => folded(sql`e.account`, any),
  workflow: (any) => folded(sql`e.workflow`, any),
  job: (any) => folded(sql`e.job`, any),
  sha: (any) => exact(sql`e.head_sha`, any),
  ref: (any) => exact(sql`e.ref`, any),
  branch: (any) => shortRef('refs/heads/', any),
  tag: (any) => shortRef('refs/tags/', any),
  pr: (any) => aboutTarget('pr', any),
  env: (any) => folded(sql`e.environment`, any),
  secret: (any) => aboutTarget('secret', any),
  artifact: (any) => aboutTarget('artifact', any),
  target: (any) => aboutTarget('target', any),
  source: (any) => exact(sql`e.source`, any),
  event: (any) => folded(sql`e.event`, any),
  delivery: byDelivery,
  id: (any) => uuid(sql`e.id`, any),
}

const RANGE_COLUMN: Readonly<Record<RangeField, Sql>> = {
  severity: sql`e.severity`,
  run: sql`e.run_id`,
  attempt: sql`e.run_attempt`,
  seq: sql`e.seq`,
  created: sql`e.occurred_at`,
  recorded: sql`e.recorded_at`,
}

export function rangeSql(field: RangeField, any: readonly Range[]): Sql {
  const column = RANGE_COLUMN[field]
  const bound = field === 'created' || field === 'recorded' ? instant : whole
  return either(
    any.map(({ from, to }) => {
      if (from === to && from !== undefined) return sql`${column} = ${bound(from)}`
      const lower = from === undefined ? [] : [sql`${column} >= ${bound(from)}`]
      const upper = to === undefined ? [] : [sql`${column} <= ${bound(to)}`]
      return sql`(${join([...lower, ...upper], ' AND ')})`
    }),
  )
}

/** A pattern of LIKE for text that stands somewhere. */
export function containing(text: string): string {
  return `%${escapeLike(text)}%`
}

function either(alternatives: readonly Sql[]): Sql {
  return sql`(${join(alternatives, ' OR ')})`
}

function exact(column: Sql, any: Matches): Sql {
  const equal = any.filter(({ match }) => match === 'equals').map(({ text }) => text)
  return either([
    ...(equal.length > 0 ? [sql`${column} = ANY(${equal}::text[])`] : []),
    ...prefixes(any).map((text) => sql`${column} LIKE ${startingWith(text)}`),
  ])
}

/** PostgreSQL folds both sides, so that both are folded by one set of rules. */
function folded(column: Sql, any: Matches): Sql {
  const alternatives = any.map(({ match, text }) =>
    match === 'equals'
      ? sql`lower(${column}) = lower(${text})`
      : sql`lower(${column}) LIKE lower(${startingWith(text)})`,
  )
  return either(alternatives)
}

/** An array first, so that an index on the column can be used with it. */
function byLogin(column: Sql, any: Matches): Sql {
  return sql`${column} = ANY(ARRAY(SELECT s.id FROM subject s WHERE ${loginSql(any)}))`
}

/** The condition on a row of subject, named `s`, that a login stands for. */
export function loginSql(any: Matches): Sql {
  return folded(sql`s.login`, any)
}

function uuid(column: Sql, any: Matches): Sql {
  return sql`${column} = ANY(${any.map(({ text }) => text)}::uuid[])`
}

/** The types of targets, as terms of log_entry.flags begin, that a key stands for. */
const TARGETS = {
  pr: ['pull_request:'],
  secret: ['secret:', 'variable:', 'secret_scanning_alert:'],
  artifact: ['artifact:', 'package:'],
  // Says the type itself.
  target: [''],
} as const satisfies Partial<Record<TextField, readonly string[]>>

export function isTargetField(field: TextField): field is keyof typeof TARGETS {
  return Object.hasOwn(TARGETS, field)
}

/** What a key asks of the terms that targets have. */
export function targetMatches(field: keyof typeof TARGETS, any: Matches): TextMatch[] {
  return any.flatMap(({ match, text }) =>
    TARGETS[field].map((type) => ({ match, text: foldTerm(type + text) })),
  )
}

function aboutTarget(field: keyof typeof TARGETS, any: Matches): Sql {
  const matches = targetMatches(field, any)
  const equal = matches.filter(({ match }) => match === 'equals').map(({ text }) => text)
  const begins = prefixes(matches).map((text) => sql`f LIKE ${startingWith(text)}`)
  return either([
    ...(equal.length > 0
      ? [sql`EXISTS (SELECT FROM ${targetsIn()} f WHERE f = ANY(${equal}::text[]))`]
      : []),
    ...(begins.length > 0
      ? [sql`EXISTS (SELECT FROM ${targetsIn()} f WHERE ${either(begins)})`]
      : []),
  ])
}

/** Facts stand in the same array: `rerun`, `has:reason`. `target:r*` means none of them. */
function targetsIn(): Sql {
  return sql`(SELECT f FROM unnest(e.flags) f WHERE f LIKE '%:%' AND f NOT LIKE 'has:%')`
}

/** Of some runs GitHub does not say whether their ref is a branch or a tag: those have the short name only. */
function shortRef(space: string, any: Matches): Sql {
  const full = any.map(({ match, text }) => ({ match, text: space + text }))
  return either([
    exact(sql`e.ref`, full),
    sql`(${exact(sql`e.ref`, any)} AND e.ref NOT LIKE 'refs/%')`,
  ])
}

/** The entries of a delivery follow one another in the log, so the primary key finds them. */
function byDelivery(any: Matches): Sql {
  return sql`e.seq = ANY(ARRAY(
    SELECT generate_series(d.first_seq, d.first_seq + d.entries - 1) FROM delivery d WHERE ${exact(sql`d.guid`, any)}))`
}

function prefixes(any: Matches): string[] {
  return any.filter(({ match }) => match === 'prefix').map(({ text }) => text)
}

function startingWith(text: string): string {
  return `${escapeLike(text)}%`
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function whole(value: number): Sql {
  return sql`${BigInt(value)}::bigint`
}

function instant(value: number): Sql {
  return sql`${new Date(value)}::timestamptz`
}
