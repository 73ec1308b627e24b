// What src/client holds of the API's description: its types, and its schemas for checking answers. Used by write-client.mjs
// and by the test that holds them equal to the description.
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const MADE =
  '// Written by `npm run docs` from the description of /api/v1 (src/api/openapi); do not edit.\n/* eslint-disable */\n'

/** Types of all operations: `paths`, `components`, `operations`. */
export async function apiTypes(description) {
  const ast = await openapiTS(copyOf(description), {
    inject: "import type { Json } from '../core/domain/index.js'\n",
    transform: (schema) => (saysNothing(schema) ? jsonType() : undefined),
  })
  return MADE + astToString(ast)
}

/** Where each answer is described, and what its schema refers to. */
export function answerSchemas({ paths, components }) {
  const answers = Object.entries(paths).map(([path, { get }]) => [path, get.responses[200].content])
  const { schemas } = components
  const json = JSON.stringify({ answers: Object.fromEntries(answers), components: { schemas } })
  return `${MADE}/** JSON Schemas of the answers by path and media type. */\nexport const DESCRIPTION: object = ${json}\n`
}

/** A schema that allows everything stands for any JSON. */
function saysNothing(schema) {
  return Object.keys(schema).every((key) => key === 'description')
}

function jsonType() {
  return ts.factory.createTypeReferenceNode('Json')
}

/** The description is made of shared, frozen parts, and openapi-typescript writes into it. */
function copyOf(description) {
  return JSON.parse(JSON.stringify(description))
}
