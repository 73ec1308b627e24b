import { describe, expect, it } from '@jest/globals'

import { statementName } from '../../../src/platform/postgres/statement-name.js'

describe('the name of a prepared statement', () => {
  it('is the same for the same text, and fits into 63 bytes', () => {
    const name = statementName('INSERT INTO reaction VALUES ($1)')
    expect(name).toMatch(/^[\w-]{32}$/)
    expect(statementName('INSERT INTO reaction VALUES ($1)')).toBe(name)
    expect(statementName('INSERT INTO reaction VALUES ($2)')).not.toBe(name)
  })

  it('is empty for what is planned with its values every time', () => {
    expect(statementName('SELECT seq FROM log_entry WHERE action = $1')).toBe('')
  })

  it('is given out a limited number of times', () => {
    for (let n = 0; n < 400; n += 1) statementName(`DELETE FROM t WHERE n = ${String(n)}`)
    expect(statementName('DELETE FROM another')).toBe('')
    expect(statementName('DELETE FROM t WHERE n = 1')).not.toBe('')
  })
})
