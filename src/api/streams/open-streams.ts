import { RequestError } from '../request-error.js'

/** Answers that are under way at once: each holds a socket, and reads the database now and then. */
const MOST_OF_TOKEN = 4
const MOST = 64
/** Milliseconds that a stream has to end by itself when the server stops. */
const GRACE = 500

/** An answer that is sent piece by piece. */
export interface OpenStream {
  /** Aborted when nobody listens any more, and when the server stops. */
  readonly signal: AbortSignal
  abort(): void
  /** It ended, however it did. */
  close(): void
}

/** What all streams of a server have in common: how many there may be, and that they end when it stops. */
export class OpenStreams {
  readonly #open = new Map<OpenStream, { readonly token: string; readonly closed: Promise<void> }>()
  #stopping = false

  /** @throws RequestError `api.limit` */
  open(token: string): OpenStream {
    const ofToken = [...this.#open.values()].filter((one) => one.token === token).length
    if (ofToken >= MOST_OF_TOKEN || this.#open.size >= MOST) {
      const whose = ofToken >= MOST_OF_TOKEN ? 'with this token' : 'on this server'
      const many = String(ofToken >= MOST_OF_TOKEN ? MOST_OF_TOKEN : MOST)
      throw new RequestError(
        'api.limit',
        `${many} exports and tails are open ${whose} already: end one of them first`,
      )
    }
    return this.#add(token)
  }

  #add(token: string): OpenStream {
    const aborter = new AbortController()
    let settle = (): void => undefined
    const closed = new Promise<void>((resolve) => (settle = resolve))
    const stream: OpenStream = {
      signal: aborter.signal,
      abort: () => {
        aborter.abort()
      },
      close: () => {
        this.#open.delete(stream)
        settle()
      },
    }
    this.#open.set(stream, { token, closed })
    if (this.#stopping) stream.abort()
    return stream
  }

  /** Ends all of them, and waits until what they had to write down is written. */
  async stop(): Promise<void> {
    this.#stopping = true
    const ended = [...this.#open.values()].map(({ closed }) => closed)
    for (const stream of this.#open.keys()) stream.abort()
    await Promise.all(ended)
  }
}

/** Does something when a stream was told to end and has not after a moment. */
export function whenLate({ signal }: OpenStream, act: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const wait = (): void => {
    timer = setTimeout(act, GRACE)
  }
  if (signal.aborted) wait()
  else signal.addEventListener('abort', wait, { once: true })
  return () => {
    signal.removeEventListener('abort', wait)
    clearTimeout(timer)
  }
}
