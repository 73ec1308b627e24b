import type { Faults } from './faults.js'
import type { RawValue, SignToken, Token } from './token.js'

/** UTF-16 code units: far more than anybody types, little enough to answer at once. */
const MAX_LENGTH = 4096

const SPACE = /\s/u
/** What ends an unquoted word. */
const DELIMITER = /[\s()"]/u
/** Sticky, so that no text is looked at twice. */
const KEY = /([A-Za-z][\w-]*):/uy
const CONTROLS = /[^\P{Cc}\s]/gu

/** Cuts a query into tokens, the last of which is `end`; what cannot be cut is reported, and what follows is read. */
export function tokenize(text: string, faults: Faults): Token[] {
  if (text.length > MAX_LENGTH) {
    const message = `the query has ${String(text.length)} characters, at most ${String(MAX_LENGTH)} are read`
    faults.syntax(message, { position: MAX_LENGTH, length: 0 })
    return [{ kind: 'end', position: MAX_LENGTH, length: 0 }]
  }
  reportControlCharacter(text, faults)
  const lexer = new Lexer(text.replace(CONTROLS, '\ufffd'), faults)
  const tokens: Token[] = []
  for (;;) {
    const token = lexer.next()
    tokens.push(token)
    if (token.kind === 'end') return tokens
  }
}

/** PostgreSQL takes no NUL in text, and terminals and logs no others. */
function reportControlCharacter(text: string, faults: Faults): void {
  const position = text.search(CONTROLS)
  if (position < 0) return
  faults.syntax('the query contains a control character', { position, length: 1, suggestion: '' })
}

class Lexer {
  readonly #text: string
  readonly #faults: Faults
  #at = 0

  constructor(text: string, faults: Faults) {
    this.#text = text
    this.#faults = faults
  }

  next(): Token {
    while (SPACE.test(this.#peek())) this.#at += 1
    const start = this.#at
    const character = this.#peek()
    if (character === '') return { kind: 'end', position: start, length: 0 }
    if (character === '(' || character === ')') return this.#sign(character)
    if (character === '-') return this.#minus()
    if (character === '"') {
      const text = this.#quoted()
      this.#requireBreak()
      return { kind: 'word', text, ...this.#since(start) }
    }
    return this.#key() ?? this.#word()
  }

  #minus(): SignToken {
    const sign = this.#sign('-')
    if (this.#peek() === '' || /[\s)-]/u.test(this.#peek())) {
      const message =
        '“-” stands directly before what it negates; quote it to search for the sign itself'
      this.#faults.syntax(message, sign)
    }
    return sign
  }

  #word(): Token {
    const start = this.#at
    const text = this.#run(DELIMITER)
    const span = this.#since(start)
    if (text === 'AND' || text === 'OR' || text === 'NOT') return { kind: text, ...span }
    this.#requireBreak()
    return { kind: 'word', text, ...span }
  }

  #key(): Token | undefined {
    const start = this.#at
    KEY.lastIndex = start
    const key = KEY.exec(this.#text)?.[1]
    if (key === undefined) return undefined
    this.#at += key.length + 1
    const values = [this.#value(key)]
    while (this.#peek() === ',') {
      this.#at += 1
      values.push(this.#value(key))
    }
    this.#requireBreak()
    return { kind: 'key', key, values, ...this.#since(start) }
  }

  #value(key: string): RawValue {
    const start = this.#at
    const comparison = this.#comparison()
    const quoted = this.#peek() === '"'
    const text = quoted ? this.#quoted() : this.#run(/[\s()",]/u)
    const star = quoted && this.#peek() === '*'
    if (star) this.#at += 1
    const span = this.#since(start)
    if (text === '' && !star) {
      // Empty quotes have their own fault.
      if (!quoted) this.#faults.syntax(`a value is missing after “${key}:”`, this.#since(this.#at))
    }
    return { comparison, text, quoted, star, ...span }
  }

  #comparison(): RawValue['comparison'] {
    const sign = this.#peek()
    if (sign !== '>' && sign !== '<') return undefined
    this.#at += 1
    if (this.#peek() !== '=') return sign
    this.#at += 1
    return `${sign}=`
  }

  /** Reads from the opening quote on; `\"` and `\\` stand for the second character. */
  #quoted(): string {
    const open = this.#at
    let text = ''
    this.#at += 1
    while (this.#peek() !== '"') {
      if (/["\\]/.test(this.#text[this.#at + 1] ?? '') && this.#peek() === '\\') this.#at += 1
      if (this.#peek() === '') {
        this.#faults.syntax('this quote is never closed', { position: open, length: 1 })
        return text
      }
      text += this.#peek()
      this.#at += 1
    }
    this.#at += 1
    if (text.trim() !== '') return text
    this.#faults.syntax('there is nothing between the quotes', this.#since(open))
    return ''
  }

  #run(end: RegExp): string {
    const start = this.#at
    while (this.#peek() !== '' && !end.test(this.#peek())) this.#at += 1
    return this.#text.slice(start, this.#at)
  }

  /** `a"b` and `a(b` could mean two things each, so they mean neither. */
  #requireBreak(): void {
    if (this.#peek() === '' || /[\s)]/u.test(this.#peek())) return
    const message = `a space is missing before “${this.#peek()}”; quote text that contains it`
    this.#faults.syntax(message, { position: this.#at, length: 0, suggestion: ' ' })
  }

  #sign(kind: SignToken['kind']): SignToken {
    this.#at += 1
    return { kind, position: this.#at - 1, length: 1 }
  }

  #peek(): string {
    return this.#text[this.#at] ?? ''
  }

  #since(position: number): { position: number; length: number } {
    return { position, length: this.#at - position }
  }
}
