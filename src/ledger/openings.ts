/** One sealed text of one person: the reverse of `encodeOpenings`. */
export interface StoredOpening {
  readonly pointer: string
  readonly salt: string
  readonly value: string
}

/** Reads `[[pointer, salt, value], …]`; `undefined` if the bytes are something else. */
export function parseOpenings(bytes: Uint8Array): StoredOpening[] | undefined {
  const list = parseJson(bytes)
  if (!Array.isArray(list)) return undefined
  const openings: StoredOpening[] = []
  for (const item of list as unknown[]) {
    if (!Array.isArray(item)) return undefined
    const [pointer, salt, value] = item as unknown[]
    if (typeof pointer !== 'string' || typeof salt !== 'string' || typeof value !== 'string')
      return undefined
    openings.push({ pointer, salt, value })
  }
  return openings
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
