import { answered } from './answered.js'
import type { ApiClient } from './connect.js'
import { entryReader, jsonOf, type Entry } from './read-entry.js'
import { readEvents, type ServerEvent } from './read-events.js'
import { ServerError } from './server-error.js'

export interface Following {
  readonly signal: AbortSignal
  /** @throws when the signal is aborted */
  readonly pause: (ms: number) => Promise<void>
  /** Told when the connection is lost and the first try to have it again failed. */
  readonly onAway: () => Promise<void>
}

/** Milliseconds without a word: the server says something every 15 seconds. */
const SILENCE_MS = 45_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/** A connection, and the id up to which all is known. */
interface Tail {
  readonly events: AsyncGenerator<readonly ServerEvent[]>
  place: string | undefined
}

/**
 * Entries that a query means, as they are recorded from now on, in the order of the log. Resolved: the server has said
 * where it begins. A connection that is lost is made again, from where it was; nothing is missed or doubled.
 * @throws ServerError where a server refuses, or never answered
 */
export async function followEntries(
  api: ApiClient,
  query: string,
  following: Following,
): Promise<AsyncGenerator<Entry[]>> {
  return entriesOf(await openTail(api, query, following), { api, query, following })
}

interface Asked {
  readonly api: ApiClient
  readonly query: string
  readonly following: Following
}

async function* entriesOf(first: Tail, asked: Asked): AsyncGenerator<Entry[]> {
  const read = entryReader()
  for (let tail = first; ; tail = await openAgain(tail, asked)) {
    try {
      yield* entriesUntilLost(tail, read)
    } catch (error) {
      asked.following.signal.throwIfAborted()
      if (error instanceof ServerError && error.code !== 'server.away') throw error
    }
  }
}

async function* entriesUntilLost(
  tail: Tail,
  read: (value: unknown) => Entry,
): AsyncGenerator<Entry[]> {
  for await (const events of tail.events) {
    const sent = events.filter(({ event }) => event === 'entry')
    if (sent.length > 0) yield sent.map(({ data }) => read(jsonOf(data ?? '')))
    // Only now: what was not taken is sent again.
    tail.place = events.findLast(({ id }) => id !== undefined)?.id ?? tail.place
  }
}

/** With growing pauses, for as long as it takes. */
async function openAgain({ place }: Tail, { api, query, following }: Asked): Promise<Tail> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await following.pause(pause)
    try {
      return await openTail(api, query, following, place)
    } catch (error) {
      following.signal.throwIfAborted()
      if (!(error instanceof ServerError) || error.code !== 'server.away') throw error
      if (pause === FIRST_PAUSE_MS) await following.onAway()
    }
  }
}

async function openTail(
  api: ApiClient,
  query: string,
  { signal }: Following,
  place?: string,
): Promise<Tail> {
  const silence = new AbortController()
  const stream = answered(
    await api.GET('/api/v1/entries/tail', {
      params: { query: { query } },
      parseAs: 'stream',
      signal: AbortSignal.any([signal, silence.signal]),
      ...(place !== undefined && { headers: { 'Last-Event-ID': place } }),
    }),
  )
  const events = untilSilent(readEvents(stream), silence)
  return { events: withFirst(await firstOf(events, signal), events), place }
}

async function firstOf<Value>(values: AsyncGenerator<Value>, signal: AbortSignal): Promise<Value> {
  const begun = await values.next().catch((error: unknown) => {
    signal.throwIfAborted()
    if (error instanceof ServerError) throw error
    const message = 'the connection to the server was lost before it sent anything. Try again.'
    throw new ServerError('server.away', message, { cause: error })
  })
  if (begun.done) throw new ServerError('server.away', 'the server ended what it had begun')
  return begun.value
}

async function* withFirst<Value>(first: Value, rest: AsyncGenerator<Value>): AsyncGenerator<Value> {
  yield first
  yield* rest
}

/** A connection can be lost without anybody being told. */
async function* untilSilent<Value>(
  values: AsyncGenerator<Value>,
  silence: AbortController,
): AsyncGenerator<Value> {
  const wait = (): NodeJS.Timeout =>
    setTimeout(() => {
      silence.abort()
    }, SILENCE_MS)
  let timer = wait()
  try {
    for await (const value of values) {
      clearTimeout(timer)
      yield value
      timer = wait()
    }
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}
