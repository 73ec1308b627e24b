import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Only the owner of the file may read it, unless something else is said. */
const MODE = 0o600

/**
 * Writes a file as a whole or not at all: beside it first, so that a crash or a full disk leaves the old one. When this
 * resolves the new one survives a power failure.
 */
export async function replaceFile(target: string, text: string, mode = MODE): Promise<void> {
  const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(draft, 'wx', mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncDirectory(dirname(target))
}

/** Without it the new name may be lost with the power. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
