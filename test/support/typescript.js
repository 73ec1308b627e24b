// `node --import ./test/support/typescript.js file.ts` runs a source file as it stands, for tests that need a
// process of their own to kill. Types are stripped as Jest does it; './x.js' means x.ts where that is there.
import { existsSync, readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

import { transformSync } from '@swc/core'

// Node loads this file twice: here, and in the thread where its hooks run.
if (isMainThread) register(import.meta.url)

export function resolve(specifier, context, next) {
  const source = specifier.replace(/\.js$/, '.ts')
  if (!specifier.startsWith('.') || !context.parentURL || source === specifier) {
    return next(specifier, context)
  }
  const there = existsSync(fileURLToPath(new URL(source, context.parentURL)))
  return next(there ? source : specifier, context)
}

export function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context)
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
    sourceMaps: 'inline',
    filename: fileURLToPath(url),
  })
  return { format: 'module', source: code, shortCircuit: true }
}
