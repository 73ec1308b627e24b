import { describe, expect, it } from '@jest/globals'

import { createLogger, type Logger, type LoggerConfig } from '../../src/platform/index.js'

const SECRET = 'f3a9c1d27be84056'

function logging(config: Partial<LoggerConfig> = {}): { log: Logger; lines: string[] } {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ logLevel: 'info', logFormat: 'json', ...config }, destination)
  return { log, lines }
}

function parsed(lines: readonly string[]): unknown {
  return JSON.parse(lines.join(''))
}

describe('the logger', () => {
  it('writes one JSON object a line, with the level by name and the time in UTC', () => {
    const { log, lines } = logging()
    log.warn({ entries: 3 }, 'appended')
    expect(lines).toHaveLength(1)
    expect(parsed(lines)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      entries: 3,
      msg: 'appended',
    })
  })

  it('writes of an error its message, stack, code, status and causes, and nothing that hangs on it', () => {
    const { log, lines } = logging()
    const cause = Object.assign(new Error('socket closed'), { code: 'ECONNRESET' })
    const error = Object.assign(new Error('Not Found', { cause }), {
      status: 404,
      event: { payload: { text: 'from outside' } },
      request: { headers: { authorization: 'x' }, body: 'from outside' },
      response: { data: 'from outside' },
    })
    log.error(error)
    expect(parsed(lines)).toMatchObject({
      msg: 'Not Found',
      err: {
        type: 'Error',
        message: 'Not Found',
        status: 404,
        cause: { message: 'socket closed', code: 'ECONNRESET' },
      },
    })
    expect(lines.join('')).not.toMatch(/from outside|authorization|"event"|"request"|"response"/)
  })

  it('writes the errors within an aggregate error', () => {
    const { log, lines } = logging()
    log.error(new AggregateError([new Error('first'), new Error('second')], 'two of them'))
    expect(parsed(lines)).toMatchObject({
      err: { errors: [{ message: 'first' }, { message: 'second' }] },
    })
  })

  it.each(['payload', 'body', 'headers', 'authorization', 'private_key', 'webhookSecret', 'token'])(
    'hides %s wherever it is',
    (key) => {
      const { log, lines } = logging()
      log.info({ [key]: 'from outside', deep: { deeper: { [key]: { any: 'from outside' } } } })
      expect(lines.join('')).not.toContain('from outside')
      expect(parsed(lines)).toMatchObject({ deep: { deeper: { [key]: '[redacted]' } } })
    },
  )

  it.each([
    ['an installation token', 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['a fine-grained token', 'github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ'],
    ['a JSON web token', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----'],
  ])('hides %s inside any text', (_, secret) => {
    const { log, lines } = logging()
    log.info({ note: `see ${secret} there`, list: [secret] }, `message with ${secret}`)
    log.child({ bound: secret }).error(new Error(`failed with ${secret}`))
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line).not.toContain(secret.slice(20, 30))
      expect(line).not.toContain('MIIEow')
      expect(JSON.parse(line)).toBeTruthy()
    }
  })

  it('hides the secrets of its own configuration, also in the URL of the database', () => {
    const { log, lines } = logging({
      webhookSecrets: [`${SECRET}"quoted`],
      apiToken: `${SECRET}-api-token`,
      databaseUrl: 'postgresql://hooktrail:correct%20horse%20battery@db/hooktrail',
    })
    log.info(`${SECRET}"quoted ${SECRET}-api-token correct horse battery`)
    log.info('postgresql://hooktrail:pw@db/hooktrail')
    expect(lines.join('')).not.toMatch(/f3a9|battery|pw@/)
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      '[redacted] [redacted] [redacted]',
      'postgresql://hooktrail:[redacted]@db/hooktrail',
    ])
  })

  it('names what is no plain object instead of writing it out', () => {
    const { log, lines } = logging()
    log.info({ bytes: Buffer.from('from outside'), map: new Map([['a', 'from outside']]), n: 12n })
    expect(parsed(lines)).toMatchObject({ bytes: '[Buffer]', map: '[Map]', n: '12' })
  })

  it('writes lines for people in the pretty format, and no control of the terminal', () => {
    const { log, lines } = logging({ logFormat: 'pretty' })
    log.warn({ repo: 'acme/site', title: '\u001b[31mred\u202e' }, 'seen\u009b2J\nforged')
    expect(lines.join('')).toMatch(/^[\d:.]{12} WARN {2}seen/)
    expect(lines.join('')).toContain('repo=acme/site')
    expect(lines.join('').slice(0, -1)).not.toMatch(/[\u0000-\u001f\u009b\u202e]/)
  })

  it('shows in the pretty format the stacks of an error and of its cause', () => {
    const { log, lines } = logging({ logFormat: 'pretty' })
    log.error(new Error('outer', { cause: new Error('inner') }))
    expect(lines.join('')).toMatch(/\n {4}Error: outer\n {4} +at .*\n {4}caused by Error: inner\n/s)
  })

  it('keeps silent below its level', () => {
    const { log, lines } = logging({ logLevel: 'error' })
    log.warn('not this')
    expect(lines).toEqual([])
  })
})
