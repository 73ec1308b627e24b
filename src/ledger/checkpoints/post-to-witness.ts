import type { PostToWitness } from './push-checkpoint.js'

/** A witness that takes longer counts as down. */
const TIMEOUT_MS = 10_000
/** An answer is a few signature lines. */
const MAX_ANSWER_BYTES = 65_536

/**
 * Over HTTP, within limits of time and size; redirects are not followed.
 * @param stopped ends what is under way
 */
export function postToWitness(stopped: AbortSignal, timeout = TIMEOUT_MS): PostToWitness {
  return async (url, body) => {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(timeout)]),
    })
    return { status: response.status, text: await readShort(response) }
  }
}

async function readShort({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body ?? []) {
    const bytes = part as Uint8Array
    length += bytes.length
    if (length > MAX_ANSWER_BYTES) throw new Error('the witness answers too much')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}
