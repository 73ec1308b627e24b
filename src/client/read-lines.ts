import { ServerError } from './server-error.js'

/** Far more than the longest entry. */
const LONGEST_LINE = 4 * 1024 * 1024

/**
 * The lines of a stream, as many at once as have arrived; what stands behind the last line break is no line.
 * @throws ServerError `server.answer` for a line without end; and whatever breaks the stream off
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) {
      throw new ServerError('server.answer', 'the server sends a line that does not end')
    }
    if (lines.length > 0) yield lines
  }
}
