import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

import { expect, it } from '@jest/globals'

import { formatVerifierKey, SIGNATURE_TYPES, verifierKey } from '../../src/core/merkle/index.js'
import { emptyDataDir } from '../support/data-directory.js'
import { hooktrail } from './terminal.js'

const LOG = formatVerifierKey(
  verifierKey('log.example', SIGNATURE_TYPES.ed25519, new Uint8Array(32)),
)

it('a second witness neither reads nor writes anything where another works', async () => {
  const directory = emptyDataDir()
  writeFileSync(path.join(directory, 'pid'), String(process.ppid))
  // It would be refused, too, if it were read first: as no key.
  writeFileSync(path.join(directory, 'witness-key.pem'), 'half written')
  const args = ['witness', '--name', 'witness.example', '--log', LOG, '--dir', directory]
  const { code, err } = await hooktrail(args)
  expect([code, err]).toEqual([2, expect.stringContaining('Another witness (process ')])
  expect(readdirSync(directory).sort()).toEqual(['pid', 'witness-key.pem'])
})

it('lets its directory go when it cannot begin there', async () => {
  const directory = emptyDataDir()
  const args = ['witness', '--name', 'witness.example', '--log', LOG, '--dir', directory]
  const { code, err } = await hooktrail([...args, '--key', path.join(directory, 'none.pem')])
  expect([code, err]).toEqual([2, expect.stringContaining('There is no key in')])
  expect(readdirSync(directory)).toEqual([])
})
