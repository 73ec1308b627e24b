import { readLines } from './read-lines.js'

/** What stands between two empty lines of an event stream. */
export interface ServerEvent {
  /** Where a client goes on that loses the connection behind this. */
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string | undefined
}

/**
 * The events of a stream, as many at once as have arrived; one that is not ended is none.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readEvents(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly ServerEvent[]> {
  let block: string[] = []
  for await (const lines of readLines(stream)) {
    const events: ServerEvent[] = []
    for (const line of lines) {
      if (line === '' && block.length > 0) events.push(eventOf(block))
      block = line === '' ? [] : [...block, line]
    }
    if (events.length > 0) yield events
  }
}

/** Lines that begin with a colon are comments. */
function eventOf(block: readonly string[]): ServerEvent {
  const valuesOf = (field: string): string[] =>
    block.filter((line) => line.startsWith(`${field}:`)).map((line) => valueOf(line, field))
  const data = valuesOf('data')
  return {
    id: valuesOf('id').at(-1),
    event: valuesOf('event').at(-1),
    data: data.length === 0 ? undefined : data.join('\n'),
  }
}

/** One space behind the colon is no part of it. */
function valueOf(line: string, field: string): string {
  return line.slice(field.length + 1).replace(/^ /, '')
}
