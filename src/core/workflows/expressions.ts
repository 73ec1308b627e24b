import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
  type Expr,
} from '@actions/expressions/ast'
import { Lexer } from '@actions/expressions/lexer'
import { Parser } from '@actions/expressions/parser'

/**
 * What an expression reads: `['secrets', 'TOKEN']`, `['github', 'event', 'pull_request', 'title']`. `*` stands for all of
 * them, `[]` for one that is computed when it runs.
 */
export type Read = readonly string[]

const CONTEXTS = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
]
const FUNCTIONS = ['always', 'success', 'failure', 'cancelled', 'hashFiles'].map((name) => ({
  name,
  minArgs: 0,
  maxArgs: Number.MAX_SAFE_INTEGER,
}))

/** Nothing else that an expression reads is a fact of the file. */
const WORTH_READING = /secrets|vars|github/i

/** What the expressions in a text read. Outside of `${{ }}` it is plain text, but in a condition all of it is one. */
export function readsOf(text: string, isCondition = false): Read[] {
  if (!WORTH_READING.test(text)) return []
  const expressions = expressionsIn(text)
  if (isCondition && expressions.length === 0) return readsOfExpression(text)
  return expressions.flatMap(readsOfExpression)
}

/** The insides of each `${{ }}`; a `}}` within quotes does not end it. */
function expressionsIn(text: string): string[] {
  const found: string[] = []
  let from = text.indexOf('${{')
  while (from >= 0) {
    const end = endOf(text, from + 3)
    found.push(text.slice(from + 3, end))
    from = text.indexOf('${{', Math.max(end, from + 3))
  }
  return found
}

function endOf(text: string, from: number): number {
  let quoted = false
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === "'") quoted = !quoted
    if (!quoted && text.startsWith('}}', index)) return index
  }
  const end = text.indexOf('}}', from)
  return end < 0 ? text.length : end
}

function readsOfExpression(text: string): Read[] {
  if (!WORTH_READING.test(text)) return []
  try {
    const { tokens } = new Lexer(text).lex()
    const reads: Read[] = []
    // An empty expression parses to nothing, whatever the package's types say; nothing has no parts.
    collect(new Parser(tokens, CONTEXTS, FUNCTIONS).parse(), reads)
    return reads
  } catch {
    return readsByPattern(text)
  }
}

/** What GitHub will refuse, or learnt after this parser was made: no secret and no stranger's text in it may go unseen. */
function readsByPattern(text: string): Read[] {
  const reads: Read[] = [...text.matchAll(/\bgithub(?:\.(?:[\w-]+|\*))+/gi)].map(([path]) =>
    path.split('.').map((part, index) => (index === 0 ? part.toLowerCase() : part)),
  )
  for (const [, context = '', name, quoted, rest] of text.matchAll(
    /\b(secrets|vars)\b\s*(?:\.\s*([\w-]+|\*)|\[\s*'([^']*)'\s*\]|(\[)|)/gi,
  )) {
    const property = name ?? quoted ?? (rest === undefined ? '*' : '[]')
    reads.push([context.toLowerCase(), property])
  }
  return reads
}

function collect(expression: Expr, reads: Read[]): void {
  if (expression instanceof ContextAccess || expression instanceof IndexAccess) {
    const path = pathOf(expression, reads)
    if (path) reads.push(path.length === 1 ? [...path, '*'] : path)
    return
  }
  for (const part of partsOf(expression)) collect(part, reads)
}

function partsOf(expression: Expr): readonly Expr[] {
  if (expression instanceof Unary) return [expression.expr]
  if (expression instanceof Binary) return [expression.left, expression.right]
  if (expression instanceof Logical || expression instanceof FunctionCall) return expression.args
  if (expression instanceof Grouping) return [expression.group]
  return []
}

/** The path that begins with a context, and what its computed parts read besides. */
function pathOf(expression: Expr, reads: Read[]): string[] | undefined {
  if (expression instanceof ContextAccess) return [expression.name.lexeme.toLowerCase()]
  if (expression instanceof Grouping) return pathOf(expression.group, reads)
  if (!(expression instanceof IndexAccess)) {
    collect(expression, reads)
    return undefined
  }
  const path = pathOf(expression.expr, reads)
  const property = propertyOf(expression.index, reads)
  return path && [...path, property]
}

function propertyOf(index: Expr, reads: Read[]): string {
  if (index instanceof Literal) return index.literal.coerceString()
  if (index instanceof Star) return '*'
  collect(index, reads)
  return '[]'
}

/** Text that anybody can choose who can open an issue or a pull request. `*` is one of a list. */
const STRANGERS_TEXT = new Set([
  'github.head_ref',
  'github.event.issue.title',
  'github.event.issue.body',
  'github.event.pull_request.title',
  'github.event.pull_request.body',
  'github.event.pull_request.head.ref',
  'github.event.pull_request.head.label',
  'github.event.pull_request.head.repo.default_branch',
  'github.event.comment.body',
  'github.event.review.body',
  'github.event.review_comment.body',
  'github.event.discussion.title',
  'github.event.discussion.body',
  'github.event.head_commit.message',
  'github.event.head_commit.author.email',
  'github.event.head_commit.author.name',
  'github.event.workflow_run.head_branch',
  'github.event.workflow_run.head_commit.message',
  'github.event.workflow_run.display_title',
  'github.event.commits.*.message',
  'github.event.commits.*.author.email',
  'github.event.commits.*.author.name',
  'github.event.pages.*.page_name',
])

/** The path of a stranger's text, if it is that. */
export function strangersText(read: Read): string | undefined {
  const path = read.map((part) => part.toLowerCase().replace(/^(?:\d+|\[\])$/, '*')).join('.')
  return STRANGERS_TEXT.has(path) ? path : undefined
}

/** Whether a text names the head of a pull request: whoever checks that out runs a stranger's code. */
export function namesForeignCode(text: string): boolean {
  if (/refs\/pull\//.test(text)) return true
  return readsOf(text).some((read) =>
    /^github\.(?:event\.pull_request\.head\.|head_ref$|event\.workflow_run\.head_)/i.test(
      read.join('.'),
    ),
  )
}
