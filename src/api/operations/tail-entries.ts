import { z } from 'zod'

import { logSize, type FollowedBatch } from '../../ledger/index.js'
import { printableJson } from '../../platform/index.js'
import { allowed } from '../access.js'
import { queryText, timeZone, wholeNumber } from '../parameters.js'
import { RequestError } from '../request-error.js'
import { checkToken } from '../streams/check-token.js'
import { nothing, Streamed } from '../streams/streamed.js'
import { operation, QUERY_ERRORS, queryOf, type Asked } from './operation.js'

/** Milliseconds after which a client that lost its connection comes again. */
const RETRY = 2000
/** Entries that are read at once. */
const BATCH = 100

export const tailEntries = operation({
  id: 'tailEntries',
  path: '/entries/tail',
  scope: 'read',
  summary: 'Entries that a query means, as they are recorded',
  description:
    'Server-sent events `entry`, in the order of the log, each with the entry’s number as its id. Whoever lost the connection sends the last id as `Last-Event-ID`, as browsers do: nothing is missed or doubled. Where nothing was meant for a while a comment comes, with an id up to which was looked.',
  parameters: z.object({
    query: queryText,
    tz: timeZone,
    from: wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .describe('The first number that is looked at; without it, what comes from now on.'),
  }),
  type: 'text/event-stream',
  answer: z.string(),
  errors: [...QUERY_ERRORS, 'search.words', 'search.timeout'],
  async answerTo(asked) {
    const { access, parts } = asked
    const query = allowed(access, await queryOf(asked))
    const after = lastKnown(asked, await logSize(parts.database))
    const open = parts.streams.open(access.id)
    try {
      const batches = await parts.follower.follow({
        ...{ query, after, limit: BATCH, signal: open.signal },
        check: () => checkToken(access, parts),
      })
      const pieces = asked.headersOnly ? nothing() : events(after, batches)
      // A proxy that collects an answer before it hands it on would collect this one for ever.
      const headers = { 'X-Accel-Buffering': 'no' }
      return new Streamed('text/event-stream', { pieces, open }, headers)
    } catch (error) {
      open.close()
      throw error
    }
  },
})

/** The number behind which is begun. @throws RequestError `api.parameter` */
function lastKnown(
  { parameters: { from }, lastEventId = '' }: Asked<{ readonly from?: number | undefined }>,
  size: number,
): number {
  if (lastEventId === '' && from === undefined) return size - 1
  const after = lastEventId === '' ? (from ?? size) - 1 : Number(lastEventId)
  if (Number.isInteger(after) && after >= -1 && after < size) return after
  const message =
    lastEventId === ''
      ? `from is at most ${String(size)}, which the next entry will have`
      : `Last-Event-ID is the id of an event of this log, below ${String(size)}: leave it out to begin now`
  throw new RequestError('api.parameter', message)
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
async function* events(
  after: number,
  batches: AsyncGenerator<FollowedBatch>,
): AsyncGenerator<string> {
  yield `retry: ${String(RETRY)}\nid: ${String(after)}\n\n`
  for await (const { entries, upTo } of batches) {
    const sent = entries.map(
      (entry) =>
        `id: ${String(entry.seq)}\nevent: entry\ndata: ${printableJson(JSON.stringify(entry))}\n\n`,
    )
    // An id without data is no event; it only moves where a client goes on.
    yield `${sent.join('')}: up to\nid: ${String(upTo)}\n\n`
  }
}
