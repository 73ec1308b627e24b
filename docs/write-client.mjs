// Writes the generated part of src/client from the API's description. Part of `npm run docs`, which builds first.
import { writeFileSync } from 'node:fs'

import prettier from 'prettier'

import { apiDescription } from '../dist/api/openapi/description.js'
import { answerSchemas, apiTypes } from './client-source.mjs'

const description = apiDescription('0')
await write('api-types.ts', await apiTypes(description))
await write('answer-schemas.ts', answerSchemas(description))

async function write(name, text) {
  const file = new URL(`../src/client/${name}`, import.meta.url)
  const options = await prettier.resolveConfig(file)
  writeFileSync(file, await prettier.format(text, { ...options, parser: 'typescript' }))
}
