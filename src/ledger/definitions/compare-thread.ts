import { parentPort } from 'node:worker_threads'

import { compareTexts, type Versions } from './compare-texts.js'

/** One question after the other; whoever asks ends the thread when an answer takes too long. */
parentPort?.on('message', (versions: Versions) => {
  parentPort?.postMessage(compareTexts(versions))
})
