import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { parse } from 'dotenv'

import { saveCredentials, type AppRegistration } from '../../src/platform/index.js'

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nline\n-----END RSA PRIVATE KEY-----\n'
const REGISTERED: AppRegistration = {
  id: 42,
  name: 'trail\nAPP_ID=1',
  htmlUrl: 'https://github.com/apps/trail',
  clientId: 'Iv1.0123',
  clientSecret: 'a b$c#d',
  webhookSecret: 'fedcba',
  privateKey: PEM,
}
const CREDENTIALS = {
  APP_ID: '42',
  PRIVATE_KEY: PEM.trim(),
  WEBHOOK_SECRET: 'fedcba',
  GITHUB_CLIENT_ID: 'Iv1.0123',
  GITHUB_CLIENT_SECRET: 'a b$c#d',
}

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'save-credentials-'))
  file = path.join(directory, '.env')
})
afterEach(async () => {
  await rm(directory, { recursive: true })
})

async function saved(before?: string): Promise<string> {
  if (before !== undefined) await writeFile(file, before, { mode: 0o644 })
  await saveCredentials(file, REGISTERED)
  return readFile(file, 'utf8')
}

describe('saving credentials', () => {
  it('makes a file that dotenv reads and only its owner can', async () => {
    expect(parse(await saved())).toEqual(CREDENTIALS)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(directory)).toEqual(['.env'])
  })

  it('takes the rights of others from a file that they could read', async () => {
    await saved('LOG_LEVEL=debug\n')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('leaves every other line as it is', async () => {
    const before =
      '# mine\nLOG_LEVEL=debug\r\n\nexport PORT=4000 # why\nTEXT="two\nAPP_ID=9\nlines"'
    const after = await saved(before)
    expect(after.startsWith(`${before}\n`)).toBe(true)
    expect(parse(after)).toEqual({
      LOG_LEVEL: 'debug',
      PORT: '4000',
      TEXT: 'two\nAPP_ID=9\nlines',
      ...CREDENTIALS,
    })
  })

  it('keeps replaced values as comments, over several lines too', async () => {
    const before =
      'APP_ID=\nPRIVATE_KEY="one\ntwo"\nPORT=4000\n export WEBHOOK_SECRET=old\nPRIVATE_KEY_PATH=key.pem\n'
    const after = await saved(before)
    expect(parse(after)).toEqual({ PORT: '4000', ...CREDENTIALS })
    expect(after).toContain('# replaced: PRIVATE_KEY="one\n# replaced: two"\nPORT=4000\n')
    expect(after).toContain('# replaced:  export WEBHOOK_SECRET=old')
  })

  it('gives the last credentials when an App is registered again', async () => {
    await saved()
    await saveCredentials(file, { ...REGISTERED, id: 43 })
    expect(parse(await readFile(file, 'utf8'))).toEqual({ ...CREDENTIALS, APP_ID: '43' })
  })

  it('writes where a symbolic link points to', async () => {
    const real = path.join(directory, 'settings')
    await writeFile(real, 'PORT=1\n')
    await symlink(real, file)
    await saveCredentials(file, REGISTERED)
    expect(parse(await readFile(real, 'utf8'))).toEqual({ PORT: '1', ...CREDENTIALS })
  })

  it('fails without leaving anything when the directory is not there', async () => {
    await expect(saveCredentials(path.join(directory, 'no', '.env'), REGISTERED)).rejects.toThrow(
      'ENOENT',
    )
    expect(await readdir(directory)).toEqual([])
  })

  it('refuses values that could become another line', async () => {
    const forged = { ...REGISTERED, clientSecret: "x'\nAPP_ID=1" }
    await expect(saveCredentials(file, forged)).rejects.toThrow('register the App again')
    expect(await readdir(directory)).toEqual([])
  })
})
