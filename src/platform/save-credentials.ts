import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'

import { errorCode } from './config/error-code.js'
import type { AppRegistration } from './manifest-conversion.js'
import { replaceFile } from './replace-file.js'

/** One assignment as dotenv reads it, quoted values over several lines included. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^\r\n]*)[^\r\n]*$/gm

/**
 * Writes what makes us the App into an `.env` file: all of it or nothing, readable by its owner only. Other lines
 * stay as they are; values that these replace are kept as comments.
 */
export async function saveCredentials(file: string, registered: AppRegistration): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file))
  const before = await readFile(target, 'utf8').catch(nothingIfMissing)
  await replaceFile(target, withCredentials(before, registered))
}

function withCredentials(before: string, registered: AppRegistration): string {
  const settings = settingsOf(registered)
  const replaced = new Set([...settings.keys(), 'PRIVATE_KEY_PATH'])
  const kept = before.replaceAll(ASSIGNMENT, (assignment, name: string) =>
    replaced.has(name) ? commentedOut(assignment) : assignment,
  )
  const gap = kept === '' || kept.endsWith('\n') ? '' : '\n'
  const lines = [...settings].map(([name, value]) => `${name}=${value}\n`).join('')
  return `${kept}${gap}# The GitHub App ${JSON.stringify(registered.name)}, as GitHub registered it.\n${lines}`
}

function settingsOf(registered: AppRegistration): Map<string, string> {
  const { webhookSecret } = registered
  return new Map([
    ['APP_ID', String(registered.id)],
    ['PRIVATE_KEY', `"${registered.privateKey.trim().replaceAll(/\r?\n/g, '\\n')}"`],
    ...(webhookSecret === undefined ? [] : [['WEBHOOK_SECRET', quoted(webhookSecret)] as const]),
    ['GITHUB_CLIENT_ID', quoted(registered.clientId)],
    ['GITHUB_CLIENT_SECRET', quoted(registered.clientSecret)],
  ])
}

/** In single quotes dotenv changes nothing. */
function quoted(value: string): string {
  if (/^[\w.-]+$/.test(value)) return value
  if (!/['\r\n]/.test(value)) return `'${value}'`
  throw new Error('GitHub gave a credential that an .env file cannot hold: register the App again')
}

function commentedOut(assignment: string): string {
  return assignment.replaceAll(/^/gm, '# replaced: ')
}

function nothingIfMissing(error: unknown): string {
  if (errorCode(error) === 'ENOENT') return ''
  throw error
}
