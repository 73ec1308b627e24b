import { askedIn, type Asked, type QueryContext } from './context.js'
import { Faults } from './faults.js'
import { tokenize } from './lexer.js'
import { mergeRepeated } from './merge-repeated.js'
import { allOf, anyOf, type Query } from './query.js'
import { QueryError, type Span } from './query-error.js'
import { savedQueryNamed } from './saved.js'
import { readTerm } from './terms.js'
import type { KeyToken, RawValue, Token } from './token.js'

/** How deep parentheses, negations and saved queries may go, and how many values there may be: a person needs a few. */
const MAX_DEPTH = 32
const MAX_TERMS = 256

/** A query as far as it is understood. */
export interface Reading {
  /** Terms with a fault are left out of it. */
  readonly query: Query
  /** All that is wrong, in the order of the text; none when the query is whole. */
  readonly faults: readonly QueryError[]
}

/**
 * Parses a query.
 *
 * ```
 * any    = all *( "OR" all )
 * all    = beside *( "AND" beside )
 * beside = 1*unary                       ; implicit and, in which a repeated key means "or"
 * unary  = ("NOT" | "-") unary | "(" any ")" | term
 * ```
 * @throws QueryError the first of its faults
 * @see docs/query-language.md
 */
export function parseQuery(text: string, context: QueryContext): Query {
  const { query, faults } = readQuery(text, context)
  if (faults[0]) throw faults[0]
  return query
}

/** Parses a query and goes on behind what it does not understand: for several errors at once, and for completion. */
export function readQuery(text: string, context: QueryContext): Reading {
  const faults = new Faults()
  const tokens = tokenize(text, faults)
  return readTokens(tokens, faults, context)
}

/** The second half of `readQuery`. */
export function readTokens(
  tokens: readonly Token[],
  faults: Faults,
  context: QueryContext,
): Reading {
  const parser = new Parser(tokens, faults, askedIn(context), { depth: 0, terms: 0 })
  const query = parser.whole()
  return { query, faults: faults.inOrder() }
}

/** What a query has used of its limits, the saved queries in it included. */
interface Spent {
  depth: number
  terms: number
}

/** A method gives nothing where there is nothing that was understood. */
class Parser {
  readonly #tokens: readonly Token[]
  readonly #faults: Faults
  readonly #asked: Asked
  readonly #spent: Spent
  #next = 0

  constructor(tokens: readonly Token[], faults: Faults, asked: Asked, spent: Spent) {
    this.#tokens = tokens
    this.#faults = faults
    this.#asked = asked
    this.#spent = spent
  }

  whole(): Query {
    const terms: (Query | undefined)[] = []
    while (this.#peek().kind !== 'end') {
      terms.push(this.#any())
      const rest = this.#peek()
      if (rest.kind !== ')') continue
      this.#faults.syntax('this parenthesis closes nothing', { ...spanOf(rest), suggestion: '' })
      this.#take()
    }
    return joined(allOf, terms) ?? allOf([])
  }

  #any(): Query | undefined {
    const terms = [this.#all()]
    while (this.#took('OR')) terms.push(this.#all())
    return joined(anyOf, terms)
  }

  #all(): Query | undefined {
    const terms = [this.#beside()]
    while (this.#took('AND')) terms.push(this.#beside())
    return joined(allOf, terms)
  }

  #beside(): Query | undefined {
    const terms = [this.#unary()]
    while (!['end', ')', 'OR', 'AND'].includes(this.#peek().kind)) terms.push(this.#unary())
    return joined((all) => allOf(mergeRepeated(all)), terms)
  }

  #unary(): Query | undefined {
    const token = this.#peek()
    switch (token.kind) {
      case 'NOT':
      case '-':
        return this.#deeper(token, () => negated(this.#unary()))
      case '(':
        return this.#deeper(token, () => this.#parenthesised(token))
      case 'word':
      case 'key':
        this.#take()
        return this.#term(token)
      case ')':
      case 'AND':
      case 'OR':
      case 'end':
        this.#missing(token)
        return undefined
    }
  }

  #parenthesised(open: Span): Query | undefined {
    const query = this.#any()
    if (this.#took(')')) return query
    const message = `the parenthesis at position ${String(open.position)} is never closed`
    const { position } = this.#peek()
    this.#faults.syntax(message, { position, length: 0, suggestion: ')' })
    return query
  }

  #term(token: Extract<Token, { kind: 'word' | 'key' }>): Query | undefined {
    this.#spent.terms += token.kind === 'key' ? token.values.length : 1
    if (this.#spent.terms > MAX_TERMS) {
      this.#stop(`the query has more than ${String(MAX_TERMS)} terms`, token)
      return undefined
    }
    if (token.kind === 'key' && token.key.toLowerCase() === 'saved') return this.#saved(token)
    const term = readTerm(token, this.#asked, this.#faults)
    if (this.#faults.closed) this.#next = this.#tokens.length
    return term
  }

  #saved({ values }: KeyToken): Query | undefined {
    const written = values.filter(({ text }) => text !== '')
    return joined(
      anyOf,
      written.map((raw) => this.#deeper(raw, () => this.#expanded(raw), 0)),
    )
  }

  /** What a saved query means: its text is read as if it stood here in parentheses. */
  #expanded(raw: RawValue): Query | undefined {
    return this.#faults.attempt(() => {
      const named = savedQueryNamed(raw, this.#asked)
      const faults = new Faults()
      const asked = { ...this.#asked, within: [...this.#asked.within, named] }
      const parser = new Parser(tokenize(named.text, faults), faults, asked, this.#spent)
      const query = parser.whole()
      const [first] = faults.inOrder()
      if (!first) return query
      const message =
        first.code === 'query.saved'
          ? first.message
          : `the saved query “${named.name}” is not understood: ${first.message}`
      throw new QueryError('query.saved', message, spanOf(raw))
    })
  }

  /** @param tokens how many to take before reading on */
  #deeper(at: Span, read: () => Query | undefined, tokens = 1): Query | undefined {
    this.#spent.depth += 1
    if (this.#spent.depth > MAX_DEPTH) {
      this.#stop(
        `parentheses, negations and saved queries go more than ${String(MAX_DEPTH)} deep`,
        at,
      )
      return undefined
    }
    this.#next += tokens
    const query = read()
    this.#spent.depth -= 1
    return query
  }

  #missing(token: Token): void {
    const before = this.#tokens[this.#next - 1]
    const where = spanOf(token)
    // It closes nothing, and is reported as that.
    if (token.kind === ')' && (before === undefined || before.kind === ')')) return
    if (before?.kind === '(' && token.kind === ')') {
      this.#faults.syntax('there is nothing between the parentheses', where)
    } else if (before && ['AND', 'OR', 'NOT', '-', '('].includes(before.kind)) {
      this.#faults.syntax(`a term is missing after “${before.kind}”`, where)
    } else {
      const message = `a term is missing before “${token.kind}”; quote it to search for the word`
      this.#faults.syntax(message, { ...where, suggestion: `"${token.kind}"` })
    }
  }

  /** A limit is passed: the rest is not read. */
  #stop(message: string, at: Span): void {
    this.#faults.syntax(message, spanOf(at))
    this.#faults.close()
    this.#next = this.#tokens.length
  }

  #took(kind: Token['kind']): boolean {
    if (this.#peek().kind !== kind) return false
    this.#take()
    return true
  }

  #take(): void {
    this.#next += 1
  }

  /** The last token is `end`, and it is never passed. */
  #peek(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1)
    return token ?? { kind: 'end', position: 0, length: 0 }
  }
}

function joined(
  join: (terms: readonly Query[]) => Query,
  terms: readonly (Query | undefined)[],
): Query | undefined {
  const understood = terms.filter((term) => term !== undefined)
  return understood.length === 0 ? undefined : join(understood)
}

function negated(term: Query | undefined): Query | undefined {
  return term && { kind: 'not', term }
}

function spanOf({ position, length }: Span): Span {
  return { position, length }
}
