import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
  type YAMLError,
} from 'yaml'

import type { Lines } from '../domain/index.js'
import type { UnreadableFacts, UnreadableReason } from './facts.js'
import { textOf, type Tree } from './tree.js'

/** GitHub's own files are a hundredth of it; larger ones are refused unread. In UTF-16 units. */
const LARGEST_FILE = 512 * 1024
/** As in the `yaml` package, which counts only where it makes plain values. */
const MOST_ALIASES = 100
/** Values in a file, each alias with all that it stands for. */
const MOST_NODES = 50_000
const DEEPEST = 64
/** The parser calls itself for each; at some 500 its stack is full. */
const MOST_BRACKETS = 200

/** The file as a tree, or why it is none. Never throws. */
export function parseTree(text: string): Tree | UnreadableFacts {
  if (text.length > LARGEST_FILE) {
    return unreadable('too_large', `it is longer than ${String(LARGEST_FILE / 1024)} KB`)
  }
  const binary = text.search(/[\0\ufffd]/)
  if (binary >= 0) return unreadable('not_text', 'it is not text in UTF-8', placeIn(text, binary))
  if (isTooDeep(text)) return unreadable('too_complex', 'it is nested too deeply')
  const counter = new LineCounter()
  try {
    const document = parseDocument(text, {
      version: '1.2',
      merge: false,
      // Both take time that grows with the square of the file: a key's doubles are looked for here, of errors the first is enough.
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: counter,
      logLevel: 'silent',
    })
    const [error] = document.errors
    return error ? syntaxError(error, counter) : new TreeBuilder(counter).build(document)
  } catch (error) {
    if (error instanceof Refused) return unreadable(error.reason, error.message, error.place)
    // The parser's own recursion has an end.
    return unreadable('too_complex', error instanceof Error ? error.message : 'it cannot be parsed')
  }
}

/** Brackets that are open at once, strings and comments included, and dashes in a row: no real file comes near. */
function isTooDeep(text: string): boolean {
  if (/(?:- ){64}/.test(text)) return true
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index)
    if (character === 0x5b || character === 0x7b) depth += 1
    else if (character === 0x5d || character === 0x7d) depth = Math.max(0, depth - 1)
    if (depth > MOST_BRACKETS) return true
  }
  return false
}

function syntaxError({ message, pos: [offset] }: YAMLError, counter: LineCounter): UnreadableFacts {
  const { line, col } = counter.linePos(offset)
  return unreadable('syntax', message, { line, column: col })
}

interface Place {
  readonly line: number
  readonly column: number
}

function unreadable(reason: UnreadableReason, detail: string, place?: Place): UnreadableFacts {
  return { kind: 'unreadable', reason, detail, line: place?.line, column: place?.column }
}

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

class Refused extends Error {
  readonly reason: UnreadableReason
  readonly place: Place | undefined

  constructor(reason: UnreadableReason, message: string, place?: Place) {
    super(message)
    this.reason = reason
    this.place = place
  }
}

/** Follows aliases itself, counting, so that ten lines cannot stand for a billion values. */
class TreeBuilder {
  private readonly anchors = new Map<string, Node>()
  private readonly counter: LineCounter
  private nodes = 0
  private aliases = 0

  constructor(counter: LineCounter) {
    this.counter = counter
  }

  build({ contents }: Document.Parsed): Tree {
    const tree = this.tree(contents, 0)
    if (tree.kind !== 'mapping')
      throw new Refused('not_a_mapping', 'it is no mapping of keys to values')
    return tree
  }

  private tree(node: unknown, depth: number): Tree {
    this.count(node, depth)
    if (isAlias(node)) return this.named(node.source, node, depth)
    const lines = this.lines(node)
    if (isMap(node)) {
      this.remember(node)
      return { kind: 'mapping', members: this.members(node.items, depth), lines }
    }
    if (isSeq(node)) {
      this.remember(node)
      const items = node.items.map((item) => this.tree(item, depth + 1))
      return { kind: 'sequence', items, lines }
    }
    if (!isScalar(node)) return { kind: 'scalar', text: '', comment: undefined, lines }
    this.remember(node)
    return { kind: 'scalar', text: scalarText(node), comment: node.comment?.trim(), lines }
  }

  private count(node: unknown, depth: number): void {
    this.nodes += 1
    if (this.nodes > MOST_NODES) {
      throw new Refused('too_complex', 'it has too many values', this.place(node))
    }
    if (depth > DEEPEST) {
      throw new Refused('too_complex', 'it is nested too deeply', this.place(node))
    }
  }

  private remember(node: Node & { readonly anchor?: string | undefined }): void {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node)
  }

  private named(name: string, node: Node, depth: number): Tree {
    this.aliases += 1
    if (this.aliases > MOST_ALIASES) {
      throw new Refused(
        'too_many_aliases',
        `it has more than ${String(MOST_ALIASES)} aliases, each counted as often as it comes`,
        this.place(node),
      )
    }
    const anchored = this.anchors.get(name)
    if (!anchored)
      throw new Refused('syntax', `the alias *${name} names nothing before it`, this.place(node))
    return this.tree(anchored, depth + 1)
  }

  private members(
    pairs: readonly { key: unknown; value: unknown }[],
    depth: number,
  ): Map<string, Tree> {
    const found = new Map<string, Tree>()
    for (const { key, value } of pairs) {
      const name = this.tree(key, depth + 1)
      const under = this.tree(value, depth + 1)
      const lines = { first: name.lines.first, last: Math.max(name.lines.last, under.lines.last) }
      const text = textOf(name)
      if (found.has(text)) {
        throw new Refused('syntax', `the key ${JSON.stringify(text)} comes twice`, this.place(key))
      }
      // An alias' value has its own place elsewhere; the key says where it counts.
      found.set(text, { ...under, lines: isAlias(value) || value === null ? name.lines : lines })
    }
    return found
  }

  private lines(node: unknown): Lines {
    const range = rangeOf(node)
    if (!range) return { first: 1, last: 1 }
    const first = this.counter.linePos(range[0]).line
    const last = this.counter.linePos(Math.max(range[0], range[1] - 1)).line
    return { first: Math.max(first, 1), last: Math.max(first, last, 1) }
  }

  private place(node: unknown): Place | undefined {
    const range = rangeOf(node)
    if (!range) return undefined
    const { line, col } = this.counter.linePos(range[0])
    return { line, column: col }
  }
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  if (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) return node.range ?? undefined
  return undefined
}

/** As it was written where that says more: `1.10` is a version, not a number. */
function scalarText(node: Scalar): string {
  if (node.value === null || node.value === undefined) return ''
  if (typeof node.value === 'string') return node.value
  return node.source ?? JSON.stringify(node.value)
}
