import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { errorCode, replaceFile } from '../../platform/index.js'
import { UsageError } from '../exit-code.js'

/** The last tree of a log that was cosigned. */
const shape = z.object({ origin: z.string(), size: z.int().min(0), root: z.string() })
export type WitnessedTree = z.output<typeof shape>

/** Names can be long and can have slashes in them. */
function fileOf(directory: string, origin: string): string {
  const digest = createHash('sha256').update(origin).digest('hex')
  return join(directory, `${digest.slice(0, 32)}.json`)
}

/**
 * `undefined` if there is no file.
 * @throws UsageError for a file that cannot be used: a witness that forgot must not begin anew
 */
export async function readTree(
  directory: string,
  origin: string,
): Promise<WitnessedTree | undefined> {
  const file = fileOf(directory, origin)
  try {
    const tree = shape.parse(JSON.parse(await readFile(file, 'utf8')))
    if (tree.origin === origin) return tree
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw damaged(file, origin, cause)
  }
  throw damaged(file, origin)
}

/** Survives a power failure when it resolves. */
export async function writeTree(directory: string, tree: WitnessedTree): Promise<void> {
  await replaceFile(fileOf(directory, tree.origin), `${JSON.stringify(tree, null, 2)}\n`)
}

function damaged(file: string, origin: string, cause?: unknown): UsageError {
  return new UsageError(
    `${file}, which records what was cosigned of ${origin}, cannot be read. Without it that log could show this witness another history: bring the newest back, or retire this witness and begin with another directory, which makes another key.`,
    { cause },
  )
}
