#!/usr/bin/env node
import process from 'node:process'
import { parseArgs } from 'node:util'

import { BundleError, safeLine } from '../core/bundle/index.js'
import { verifyBundleFile } from './bundle-file.js'

// The whole of dist/verify-bundle.mjs: what an auditor is given. It imports nothing but core and Node.
const USAGE = `Checks a file that hooktrail export --bundle wrote.

  node verify-bundle.mjs FILE --key VERIFIER-KEY
  node verify-bundle.mjs FILE --policy POLICY-FILE    all keys that the log had, and which witnesses must have cosigned

Exit codes: 0 everything holds; 1 something does not; 2 the command line or the file.
`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        policy: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [file, ...more] = positionals
    if (values.help) {
      process.stdout.write(USAGE)
      return 0
    }
    if (file === undefined || more.length > 0) {
      process.stderr.write(USAGE)
      return 2
    }
    process.stdout.write(`${(await verifyBundleFile(file, values)).join('\n')}\n`)
    return 0
  } catch (error) {
    const message = safeLine(error instanceof Error ? error.message : String(error))
    const isFalse = error instanceof BundleError && error.code === 'bundle.false'
    process.stderr.write(isFalse ? `The bundle does NOT hold: ${message}.\n` : `${message}\n`)
    return isFalse ? 1 : 2
  }
}
