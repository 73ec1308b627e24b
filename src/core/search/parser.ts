import type { Moment } from './dates.js'
import { tokenize } from './lexer.js'
import { mergeRepeated } from './merge-repeated.js'
import { allOf, anyOf, type Query } from './query.js'
import { QueryError, type Span } from './query-error.js'
import { readTerm } from './terms.js'
import type { Token } from './token.js'

/** How deep parentheses and negations may go, and how many terms there may be: a person needs a few. */
const MAX_DEPTH = 32
const MAX_TERMS = 256

/**
 * Parses a query.
 *
 * ```
 * any    = all *( "OR" all )
 * all    = beside *( "AND" beside )
 * beside = 1*unary                       ; implicit and, in which a repeated key means "or"
 * unary  = ("NOT" | "-") unary | "(" any ")" | term
 * ```
 * @param now milliseconds since 1970, for dates like `-7d`
 * @param timeZone IANA name, `UTC` by default, for dates without an offset
 * @throws QueryError
 * @see docs/query-language.md
 */
export function parseQuery(text: string, context: { now: number; timeZone?: string }): Query {
  const tokens = tokenize(text)
  if (tokens.length === 1) return allOf([])
  const parser = new Parser(tokens, { timeZone: 'UTC', ...context })
  return parser.whole()
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #moment: Moment
  #next = 0
  #depth = 0
  #terms = 0

  constructor(tokens: readonly Token[], moment: Moment) {
    this.#tokens = tokens
    this.#moment = moment
  }

  whole(): Query {
    const query = this.#any()
    const rest = this.#peek()
    if (rest.kind === ')') {
      fail('this parenthesis closes nothing', rest, '')
    }
    return query
  }

  #any(): Query {
    const terms = [this.#all()]
    while (this.#peek().kind === 'OR') {
      this.#take()
      terms.push(this.#all())
    }
    return anyOf(terms)
  }

  #all(): Query {
    const terms = [this.#beside()]
    while (this.#peek().kind === 'AND') {
      this.#take()
      terms.push(this.#beside())
    }
    return allOf(terms)
  }

  #beside(): Query {
    const terms = [this.#unary()]
    while (!['end', ')', 'OR', 'AND'].includes(this.#peek().kind)) terms.push(this.#unary())
    return allOf(mergeRepeated(terms))
  }

  #unary(): Query {
    const token = this.#take()
    switch (token.kind) {
      case 'NOT':
      case '-':
        return this.#deeper(token, () => ({ kind: 'not', term: this.#unary() }))
      case '(':
        return this.#deeper(token, () => this.#parenthesised(token))
      case 'word':
      case 'key':
        return this.#term(token)
      case ')':
      case 'AND':
      case 'OR':
      case 'end':
        return this.#missing(token)
    }
  }

  #parenthesised(open: Span): Query {
    const query = this.#any()
    const close = this.#take()
    if (close.kind === ')') return query
    const message = `the parenthesis at position ${String(open.position)} is never closed`
    return fail(message, { position: close.position, length: 0 }, ')')
  }

  #term(token: Extract<Token, { kind: 'word' | 'key' }>): Query {
    this.#terms += 1
    if (this.#terms > MAX_TERMS) {
      fail(`the query has more than ${String(MAX_TERMS)} terms`, token)
    }
    return readTerm(token, this.#moment)
  }

  #deeper(token: Span, read: () => Query): Query {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) {
      fail(`parentheses and negations go more than ${String(MAX_DEPTH)} deep`, token)
    }
    const query = read()
    this.#depth -= 1
    return query
  }

  #missing(token: Token): never {
    const before = this.#tokens[this.#next - 2]
    const where = { position: token.position, length: token.length }
    if (before?.kind === '(' && token.kind === ')') {
      return fail('there is nothing between the parentheses', where)
    }
    if (token.kind === ')' && before === undefined) {
      return fail('this parenthesis closes nothing', where, '')
    }
    if (before && ['AND', 'OR', 'NOT', '-', '('].includes(before.kind)) {
      return fail(`a term is missing after “${before.kind}”`, where)
    }
    const message = `a term is missing before “${token.kind}”; quote it to search for the word`
    return fail(message, where, `"${token.kind}"`)
  }

  #take(): Token {
    const token = this.#peek()
    this.#next += 1
    return token
  }

  /** The last token is `end`, and it is never passed. */
  #peek(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1)
    return token ?? { kind: 'end', position: 0, length: 0 }
  }
}

function fail(message: string, { position, length }: Span, suggestion?: string): never {
  throw new QueryError('query.syntax', message, { position, length, suggestion })
}
