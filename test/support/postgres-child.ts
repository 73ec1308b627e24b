// A process that uses the embedded server, to be killed: `node --import ./typescript.js postgres-child.ts <data
// directory> <role>`. Says `ready` or why not, and leaves when its input ends.
import { once } from 'node:events'
import { argv, stdin, stdout } from 'node:process'

import { pino } from 'pino'

import { openEmbedded } from '../../src/platform/postgres/embedded.js'

const [, , dataDir = '', role] = argv
const settings = { dataDir, postgresUser: 'postgres', initial: { fsync: 'off' } }
try {
  const server = await openEmbedded(
    settings,
    role === 'app' ? 'app' : 'cli',
    pino({ level: 'silent' }),
  )
  stdout.write('ready\n')
  stdin.resume()
  await once(stdin, 'end')
  await server.close()
  stdout.write('closed\n')
} catch (error) {
  stdout.write(`${String(error)}\n`)
}
