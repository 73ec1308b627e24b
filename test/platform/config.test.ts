import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'

import {
  ConfigError,
  examineConfig,
  loadEnvironment,
  readConfig,
  type Config,
  type Environment,
} from '../../src/platform/index.js'
import { SETTINGS } from '../../src/platform/config/settings.js'

const STRONG = '3f9c1d27be84056aa1f0c9d8e7b65432'
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PEM = RSA.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const PKCS8 = RSA.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const APP: Environment = { APP_ID: '77', PRIVATE_KEY: PEM, WEBHOOK_SECRET: STRONG }
const PRODUCTION: Environment = { ...APP, NODE_ENV: 'production' }
const ORDINARY = { cwd: '/srv/app', root: false }

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooktrail-config-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function read(env: Environment): Config {
  return readConfig(env, ORDINARY)
}

/** Which settings are refused, in the order of the message. */
function refused(env: Environment): string[] {
  return examineConfig(env, ORDINARY).problems.map(({ setting }) => setting)
}

function problem(env: Environment): string {
  const [first] = examineConfig(env, ORDINARY).problems
  return first ? `${first.setting} ${first.problem} ${first.remedy}` : 'none'
}

describe('the configuration', () => {
  it('needs nothing: without settings it is development in setup mode on the embedded database', () => {
    expect(read({})).toEqual({
      log: {
        keyPath: '/srv/app/.hooktrail/log-key.pem',
        recordPath: '/srv/app/.hooktrail/log-signed.json',
      },
      mode: 'development',
      host: 'github.com',
      githubUrl: 'https://github.com',
      githubApiUrl: 'https://api.github.com',
      webhookSecrets: [],
      webhookPath: '/api/github/webhooks',
      bind: { host: '127.0.0.1', port: 3000 },
      dataDir: '/srv/app/.hooktrail',
      postgresUser: 'postgres',
      logLevel: 'info',
      logFormat: 'pretty',
      rawRetentionDays: 90,
      textRetentionDays: 0,
      selfCheck: 'all',
      verifiedFile: '/srv/app/.hooktrail/verified.json',
      jobConcurrency: 4,
      checkDelayMs: 5000,
      timeZone: 'UTC',
      warnings: [],
    })
  })

  it('listens on all addresses and logs JSON in production', () => {
    expect(read(PRODUCTION)).toMatchObject({
      mode: 'production',
      app: { id: 77, privateKey: PKCS8 },
      webhookSecrets: [STRONG],
      bind: { host: '0.0.0.0' },
      logFormat: 'json',
    })
  })

  it('takes every setting that is given', () => {
    const config = read({
      ...APP,
      WEBHOOK_SECRET_PREVIOUS: `${STRONG}old`,
      HOST: '::1',
      PORT: '0',
      WEBHOOK_PATH: '/hooks',
      HOOKTRAIL_URL: 'https://audit.example.com/',
      HOOKTRAIL_API_TOKEN: `${STRONG}token`,
      DATABASE_URL: 'postgresql://me:pw@db/log?sslmode=require',
      HOOKTRAIL_DATA_DIR: 'data',
      HOOKTRAIL_POSTGRES_USER: 'pg',
      HOOKTRAIL_RAW_RETENTION_DAYS: '4',
      HOOKTRAIL_JOB_CONCURRENCY: '7',
      HOOKTRAIL_CHECK_DELAY: '0',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'json',
    })
    expect(config).toMatchObject({
      webhookSecrets: [STRONG, `${STRONG}old`],
      bind: { host: '::1', port: 0 },
      webhookPath: '/hooks',
      publicUrl: 'https://audit.example.com',
      apiToken: `${STRONG}token`,
      databaseUrl: 'postgresql://me:pw@db/log?sslmode=require',
      dataDir: '/srv/app/data',
      postgresUser: 'pg',
      rawRetentionDays: 4,
      jobConcurrency: 7,
      checkDelayMs: 0,
      logLevel: 'warn',
      logFormat: 'json',
    })
  })

  it('keeps the data of root in /var/lib/hooktrail', () => {
    expect(readConfig({}, { cwd: '/root', root: true }).dataDir).toBe('/var/lib/hooktrail')
  })

  it.each([
    ['github.com', 'https://github.com', 'https://api.github.com'],
    ['GitHub.Example.com', 'https://github.example.com', 'https://github.example.com/api/v3'],
    ['octo.ghe.com', 'https://octo.ghe.com', 'https://api.octo.ghe.com'],
    ['ghes:8443', 'https://ghes:8443', 'https://ghes:8443/api/v3'],
  ])('knows where the API of %s is', (host, githubUrl, githubApiUrl) => {
    expect(read({ GHE_HOST: host })).toMatchObject({ githubUrl, githubApiUrl })
  })

  it('takes the API elsewhere when told so', () => {
    const env = { GHE_HOST: 'ghes', GHE_PROTOCOL: 'http', GITHUB_API_URL: 'http://127.0.0.1:4000/' }
    expect(read(env)).toMatchObject({
      githubUrl: 'http://ghes',
      githubApiUrl: 'http://127.0.0.1:4000',
    })
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(read({}))).toBe(true)
  })
})

describe('App credentials', () => {
  it.each([
    ['PEM', PEM],
    ['PEM with \\n for line breaks', PEM.replaceAll('\n', '\\n')],
    ['PKCS #8', PKCS8],
    ['base64 of PEM', Buffer.from(PEM).toString('base64')],
  ])('may give the key as %s', (_, key) => {
    expect(read({ ...APP, PRIVATE_KEY: key }).app).toEqual({ id: 77, privateKey: PKCS8 })
  })

  it('may give the key as a file, relative to the working directory', () => {
    writeFileSync(join(folder, 'key.pem'), PEM)
    const env = { ...APP, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: 'key.pem' }
    expect(readConfig(env, { cwd: folder, root: false }).app?.privateKey).toBe(PKCS8)
  })

  it.each<[string, Environment, string]>([
    ['an id without a key', { APP_ID: '1', WEBHOOK_SECRET: STRONG }, 'PRIVATE_KEY is missing, and'],
    ['a key without an id', { PRIVATE_KEY: PEM }, 'APP_ID is missing, and a private key'],
    ['two keys', { ...APP, PRIVATE_KEY_PATH: 'x' }, 'PRIVATE_KEY is set and PRIVATE_KEY_PATH too'],
    [
      'no key at all',
      { ...APP, PRIVATE_KEY: 'nonsense' },
      'PRIVATE_KEY does not hold a private key',
    ],
    ['a client id', { ...APP, APP_ID: 'Iv23liABC' }, 'APP_ID is "Iv23liABC", which is not a whole'],
  ])('refuse %s', (_, env, message) => {
    expect(refused(env)).toHaveLength(1)
    expect(problem(env)).toContain(message)
  })

  it('refuse a file that is not there, naming where it was looked for', () => {
    const env = { APP_ID: '1', WEBHOOK_SECRET: STRONG, PRIVATE_KEY_PATH: 'gone.pem' }
    expect(problem(env)).toMatch(/PRIVATE_KEY_PATH names \/srv\/app\/gone\.pem, .*ENOENT/)
  })

  it('refuse a key that is not RSA, and a public one', () => {
    const ec = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    expect(problem({ ...APP, PRIVATE_KEY: ec.toString() })).toContain('type ed25519; GitHub Apps')
    const open = RSA.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    expect(problem({ ...APP, PRIVATE_KEY: open })).toContain('does not hold a private key')
  })

  it('must be there in production', () => {
    expect(refused({ NODE_ENV: 'production' })).toEqual(['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET'])
  })
})

describe('the webhook secret', () => {
  it.each([
    ['absent', ''],
    ['a placeholder', 'development'],
    ['a longer placeholder', 'your-webhook-secret'],
    ['short', 'aB3$aB4%aB5^aB6'],
    ['of few characters', 'abcabcabcabcabcabcabcabc'],
    ['surrounded by white space', `${STRONG}\n`],
  ])('stops the start in production when it is %s, and says how to make one', (_, secret) => {
    const env = { ...PRODUCTION, WEBHOOK_SECRET: secret }
    expect(refused(env)).toEqual(['WEBHOOK_SECRET'])
    expect(problem(env)).toContain('openssl rand -hex 32')
    if (secret.trim()) expect(problem(env)).not.toContain(secret.trim())
  })

  it('must be strong when it is the previous one too: it is accepted all the same', () => {
    expect(refused({ ...PRODUCTION, WEBHOOK_SECRET_PREVIOUS: 'development' })).toEqual([
      'WEBHOOK_SECRET_PREVIOUS',
    ])
  })

  it('may be weak in development, with a warning', () => {
    const { config, problems } = examineConfig({ ...APP, WEBHOOK_SECRET: 'development' }, ORDINARY)
    expect(problems).toEqual([])
    expect(config.warnings).toEqual([
      'WEBHOOK_SECRET is a well-known placeholder. Production would refuse it.',
    ])
  })

  it('may not be absent once there is an App, nor when a previous one is given', () => {
    expect(refused({ APP_ID: '77', PRIVATE_KEY: PEM })).toEqual(['WEBHOOK_SECRET'])
    expect(refused({ WEBHOOK_SECRET_PREVIOUS: STRONG })).toEqual(['WEBHOOK_SECRET_PREVIOUS'])
  })

  it('counts once when previous and present are the same', () => {
    expect(read({ ...APP, WEBHOOK_SECRET_PREVIOUS: STRONG }).webhookSecrets).toEqual([STRONG])
  })
})

describe('a setting that cannot be meant', () => {
  it.each([
    ['NODE_ENV', 'prod'],
    ['GHE_HOST', 'https://github.example.com'],
    ['GHE_HOST', 'github.example.com/'],
    ['GHE_PROTOCOL', 'ftp'],
    ['GITHUB_API_URL', 'api.github.com'],
    ['HOST', 'two words'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000a'],
    ['WEBHOOK_PATH', 'hooks'],
    ['WEBHOOK_PATH', '/hooks?x=1'],
    ['HOOKTRAIL_URL', 'https://me:pw@example.com'],
    ['HOOKTRAIL_API_TOKEN', 'short'],
    ['HOOKTRAIL_API_TOKEN', `${STRONG} ${STRONG}`],
    ['DATABASE_URL', 'mysql://db/log'],
    ['HOOKTRAIL_POSTGRES_USER', 'a b'],
    ['HOOKTRAIL_RAW_RETENTION_DAYS', '3'],
    ['HOOKTRAIL_JOB_CONCURRENCY', '0'],
    ['HOOKTRAIL_JOB_CONCURRENCY', '9'],
    ['HOOKTRAIL_CHECK_DELAY', '600001'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ])('is refused by name with a remedy: %s=%s', (name, value) => {
    const { problems } = examineConfig({ [name]: value }, ORDINARY)
    expect(problems.map(({ setting }) => setting)).toEqual([name])
    expect(problems[0]?.problem).toMatch(/^(is|has) .*\.$/)
    expect(problems[0]?.remedy).toMatch(/\.$/)
  })

  it('is named together with all the others, and the start stops once', () => {
    const env = { ...PRODUCTION, PORT: 'x', LOG_LEVEL: 'loud', WEBHOOK_SECRET: 'development' }
    const start = (): Config => read(env)
    expect(start).toThrow(ConfigError)
    expect(start).toThrow(/^3 settings need attention.*PORT.*LOG_LEVEL.*WEBHOOK_SECRET/s)
  })

  it('leaves the default in its place for those that can do with less', () => {
    const { config } = examineConfig({ PORT: 'x', DATABASE_URL: 'postgres://db/log' }, ORDINARY)
    expect(config).toMatchObject({ bind: { port: 3000 }, databaseUrl: 'postgres://db/log' })
  })

  it('is never quoted when it is a secret', () => {
    const secrets = SETTINGS.filter(({ secret }) => secret).map(({ name }) => name)
    fc.assert(
      fc.property(
        fc.constantFrom(...secrets),
        fc.stringMatching(/^[!-~]{6,60}$/),
        (name, value) => {
          const env = { ...PRODUCTION, [name]: `${value}QQ` }
          const { problems, config } = examineConfig(env, ORDINARY)
          const said = [...problems.map((one) => one.problem + one.remedy), ...config.warnings]
          expect(said.join('\n')).not.toContain(`${value}QQ`)
        },
      ),
    )
  })

  it('never makes reading throw anything else', () => {
    const names = SETTINGS.map(({ name }) => name)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (env) => {
        expect(Array.isArray(examineConfig(env, ORDINARY).problems)).toBe(true)
      }),
    )
  })
})

describe('unknown settings', () => {
  it('are warned of with the nearest name, and ignored', () => {
    expect(read({ HOOKTRAIL_DATADIR: '/x', HOOKTRAIL_ZZZZZZZZZZZZ: '1' }).warnings).toEqual([
      'HOOKTRAIL_DATADIR is not a setting of Hooktrail and is ignored. Did you mean HOOKTRAIL_DATA_DIR?',
      'HOOKTRAIL_ZZZZZZZZZZZZ is not a setting of Hooktrail and is ignored.',
    ])
  })

  it('of other programs are none of our business', () => {
    expect(read({ PATH: '/bin', GITHUB_ACTIONS: 'true' }).warnings).toEqual([])
  })
})

describe('the environment', () => {
  it('is .env and the process, which wins, without what is empty', () => {
    writeFileSync(join(folder, '.env'), 'HT_TEST_ONLY="a\\nb"\nHT_TEST_EMPTY=\nPATH=/nowhere\n')
    const env = loadEnvironment(folder)
    expect(env['HT_TEST_ONLY']).toBe('a\nb')
    expect('HT_TEST_EMPTY' in env).toBe(false)
    expect(env['PATH']).not.toBe('/nowhere')
  })

  it('does without .env', () => {
    expect(loadEnvironment('/nonexistent')).toHaveProperty('PATH')
  })

  it('says so when .env cannot be read', () => {
    const directory = mkdtempSync(join(folder, 'd-'))
    writeFileSync(join(directory, 'x'), '')
    expect(() => loadEnvironment(join(directory, 'x'))).toThrow(/x\/\.env cannot be read.*\n.*Let/)
  })
})
