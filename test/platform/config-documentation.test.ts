import { readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'
import { parse } from 'dotenv'

import { envExample, examineConfig, settingsTables } from '../../src/platform/index.js'

describe('the documentation of the settings', () => {
  const remedy = 'remedy: npm run docs'

  it(`is .env.example as the registry makes it (${remedy})`, () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(envExample())
  })

  it(`is docs/configuration.md with the registry's tables (${remedy})`, () => {
    expect(readFileSync('docs/configuration.md', 'utf8')).toContain(
      `<!-- settings -->\n\n${settingsTables()}\n\n<!-- end -->`,
    )
  })

  it('has defaults and examples that are accepted', () => {
    const lines = envExample()
      .split('\n')
      .filter((line) => /^#[A-Z_]+=./.test(line) && !/PRIVATE_KEY/.test(line))
    const env = parse(lines.map((line) => line.slice(1)).join('\n'))
    const { problems } = examineConfig({ ...env, APP_ID: undefined })
    expect(Object.keys(env).length).toBeGreaterThan(15)
    expect(problems).toEqual([])
  })
})
