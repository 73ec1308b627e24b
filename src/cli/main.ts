#!/usr/bin/env node
import process from 'node:process'

import { processContext } from './process-context.js'
import { runCli } from './run.js'

// No process.exit: what is on its way to a pipe would be cut off.
process.exitCode = await runCli(process.argv.slice(2), processContext())
