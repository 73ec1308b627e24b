import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether two secrets are the same, in a time that says nothing about where, or at which length, they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
