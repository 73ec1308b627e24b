import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** The password of both roles, and whether it was made just now. */
export interface Password {
  readonly value: string
  readonly made: boolean
}

/** Reads the password, or makes one. Of two processes that make one at once, both get the same. */
export function ensurePassword(file: string): Password {
  const made = !existsSync(file)
  if (made) makePassword(file)
  return { value: readFileSync(file, 'utf8').trim(), made }
}

function makePassword(file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // Unlike a rename, a link fails where a file is there, and nobody sees half of it.
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
