import { whenLate, type OpenStream } from './open-streams.js'

/** An answer whose text is made while it is sent: the next piece when the last was taken. */
export class Streamed {
  readonly mediaType: string
  readonly pieces: AsyncGenerator<string>
  readonly open: OpenStream
  readonly headers: Readonly<Record<string, string>>

  constructor(
    mediaType: string,
    { pieces, open }: { readonly pieces: AsyncGenerator<string>; readonly open: OpenStream },
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.mediaType = mediaType
    this.pieces = pieces
    this.open = open
    this.headers = headers
  }
}

/** Where only headers are asked for. */
export async function* nothing(): AsyncGenerator<string> {
  // No pieces.
}

interface Circumstances {
  /** Hears of errors that happened after the headers were sent. */
  readonly report: (error: unknown) => void
  /** Breaks the connection off; where there is none, the stream fails. */
  readonly hangUp?: (() => void) | undefined
}

/**
 * The bytes of an answer. An error, and a stop of the server that finds nobody reading, break the connection off instead of
 * ending it: a client can tell half an answer from a whole one.
 */
export function bytesOf(
  streamed: Streamed,
  circumstances: Circumstances,
): ReadableStream<Uint8Array> {
  return new ReadableStream(new Source(streamed, circumstances))
}

type Controller = ReadableStreamDefaultController<Uint8Array>

class Source {
  readonly #pieces: AsyncGenerator<string>
  readonly #open: OpenStream
  readonly #circumstances: Circumstances
  readonly #encoder = new TextEncoder()
  #stopWaiting = (): void => undefined

  constructor({ pieces, open }: Streamed, circumstances: Circumstances) {
    this.#pieces = pieces
    this.#open = open
    this.#circumstances = circumstances
  }

  start(controller: Controller): void {
    this.#stopWaiting = whenLate(this.#open, () => {
      this.#breakOff(controller, this.#open.signal.reason)
      void this.#leave()
    })
  }

  async pull(controller: Controller): Promise<void> {
    try {
      const piece = await this.#pieces.next()
      if (!piece.done) {
        controller.enqueue(this.#encoder.encode(piece.value))
        return
      }
      this.#end()
      controller.close()
    } catch (error) {
      this.#end()
      if (!this.#open.signal.aborted) this.#circumstances.report(error)
      this.#breakOff(controller, error)
    }
  }

  async cancel(): Promise<void> {
    this.#open.abort()
    await this.#leave()
  }

  /** What the pieces have to write down at their end is written, whoever ended them. */
  async #leave(): Promise<void> {
    try {
      await this.#pieces.return(undefined)
    } catch (error) {
      this.#circumstances.report(error)
    } finally {
      this.#end()
    }
  }

  #end(): void {
    this.#stopWaiting()
    this.#open.close()
  }

  #breakOff(controller: Controller, error: unknown): void {
    const { hangUp } = this.#circumstances
    // An error would be written to stderr by the HTTP server, past our logger.
    if (hangUp) hangUp()
    else controller.error(error)
  }
}
