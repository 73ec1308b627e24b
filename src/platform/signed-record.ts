import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { z } from 'zod'

import { errorCode } from './config/error-code.js'
import { LogKeyError } from './log-key.js'
import { replaceFile } from './replace-file.js'

/** The tree that was signed last under an origin. */
export interface SignedHead {
  readonly size: number
  /** Base64. */
  readonly root: string
}

/** What this machine signed, kept outside of the database: a database that was restored cannot make it forget. */
export interface SignedRecord {
  read(origin: string): Promise<SignedHead | undefined>
  /** Durable when it resolves. */
  write(origin: string, head: SignedHead): Promise<void>
}

const shape = z.record(z.string(), z.object({ size: z.int().min(0), root: z.string() }))

/** In a file. @throws LogKeyError when it cannot be read or written: then nothing must be signed */
export function signedRecord(file: string): SignedRecord {
  return {
    read: async (origin) => (await readHeads(file))[origin],
    write: async (origin, head) => {
      const heads = { ...(await readHeads(file)), [origin]: head }
      try {
        await mkdir(dirname(file), { recursive: true })
        await replaceFile(file, `${JSON.stringify(heads, null, 2)}\n`)
      } catch (cause) {
        const code = errorCode(cause) ?? 'unknown error'
        const message = `What is signed cannot be recorded in ${file} (${code}). Let this user write there.`
        throw new LogKeyError(message, { cause })
      }
    },
  }
}

async function readHeads(file: string): Promise<z.output<typeof shape>> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return {}
    throw new LogKeyError(
      `${file}, which records what was signed last, cannot be read. Bring it back from a backup; if there is none, compare the log with a checkpoint that somebody kept before you remove it.`,
      { cause },
    )
  }
}
