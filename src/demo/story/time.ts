export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** As GitHub writes it: UTC, whole seconds. */
export function isoTime(at: number | Date): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export function isoOrNull(at: Date | null): string | null {
  return at && isoTime(at)
}
