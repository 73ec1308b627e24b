import { ServerError } from './server-error.js'

/** A page of 1,000 entries is some megabytes at most; nobody has to take more than there can be. */
const MOST_BYTES = 64 * 1024 * 1024

/** The text of an answer, of so many bytes at most. @throws ServerError `server.answer` */
export async function readText(response: Response, most = MOST_BYTES): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  // The types of Node's streams say nothing of what they carry.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > most) {
      throw new ServerError('server.answer', `the server sends more than ${String(most)} bytes`)
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
