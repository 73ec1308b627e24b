import { readFileSync } from 'node:fs'

import { expect, it } from '@jest/globals'
import prettier from 'prettier'

import { apiDescription } from '../../src/api/openapi/description.js'
import { answerSchemas, apiTypes } from '../../docs/client-source.mjs'

it.each([
  ['api-types.ts', apiTypes],
  ['answer-schemas.ts', answerSchemas],
])('%s is what the description says: npm run docs writes it', async (name, write) => {
  const file = new URL(`../../src/client/${name}`, import.meta.url)
  const options = { ...(await prettier.resolveConfig(file)), parser: 'typescript' }
  const expected = await prettier.format(await write(apiDescription('0')), options)
  expect(readFileSync(file, 'utf8') === expected).toBe(true)
})
