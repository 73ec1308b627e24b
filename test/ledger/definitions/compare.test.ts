import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { describe, expect, it } from '@jest/globals'

import { compareHere, compareInThread } from '../../../src/ledger/index.js'

const script = pathToFileURL(path.resolve('dist/ledger/definitions/compare-thread.js'))
const versions = {
  before: 'on: push\njobs: { a: { steps: [{ run: x }] } }\n',
  after: 'on: issues\njobs: { a: { steps: [{ run: x }] } }\n',
}

describe('comparing in a thread', () => {
  it('gives what comparing here gives, in the order of the questions', async () => {
    const compare = compareInThread({ script })
    const turned = { before: versions.after, after: versions.before }
    const answers = await Promise.all([
      compare(versions),
      compare(turned),
      compare({ ...versions, before: undefined }),
    ])
    expect(answers).toEqual([
      await compareHere(versions),
      await compareHere(turned),
      await compareHere({ ...versions, before: undefined }),
    ])
  })

  it('ends a thread that takes too long, and goes on with a new one', async () => {
    // Answers the questions of its first life never, as a file does that was made to be slow.
    const endless = new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ after }) => { while (after === 'slow'); parentPort.postMessage([]) })`,
    )
    const compare = compareInThread({ script: endless, limitMs: 200 })
    const answers = [
      compare({ before: '', after: 'slow' }),
      compare({ before: '', after: 'quick' }),
    ]
    expect(await Promise.all(answers)).toEqual(['too_slow', []])
  })
})
