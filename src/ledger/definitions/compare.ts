import { Worker } from 'node:worker_threads'

import type { WorkflowChange } from '../../core/domain/index.js'
import { compareTexts, type Versions } from './compare-texts.js'

/** Compares two versions of a pipeline file. */
export type Compare = (versions: Versions) => Promise<readonly WorkflowChange[] | 'too_slow'>

/** In this thread, without a limit: for a command that a person can interrupt. */
export function compareHere(versions: Versions): Promise<readonly WorkflowChange[]> {
  return Promise.resolve(compareTexts(versions))
}

/** A file that takes longer was made to. In ms; a usual one takes one. */
const LIMIT_MS = 1000

export interface ThreadOptions {
  readonly limitMs?: number
  /** The thread's program. */
  readonly script?: URL
}

/**
 * In a thread of its own, one after the other, so that a file made to be slow holds up nothing else: past its limit the
 * thread is ended and the answer is `too_slow`. The thread starts with the first question, outside of the limit, and does
 * not keep the process alive.
 */
export function compareInThread({
  limitMs = LIMIT_MS,
  script = new URL('./compare-thread.js', import.meta.url),
}: ThreadOptions = {}): Compare {
  let thread: Promise<Worker> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const ask = async (versions: Versions): Promise<readonly WorkflowChange[] | 'too_slow'> => {
    thread ??= startThread(script)
    const answer = await answerOf(await thread, versions, limitMs)
    if (answer !== undefined) return answer
    thread = undefined
    return 'too_slow'
  }
  return (versions) => {
    const answer = last.then(() => ask(versions))
    last = answer.catch(() => {
      thread = undefined
    })
    return answer
  }
}

function startThread(script: URL): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script)
    worker.once('error', reject)
    worker.once('online', () => {
      worker.off('error', reject)
      worker.unref()
      resolve(worker)
    })
  })
}

/** `undefined` when it took too long; the thread is at its end then. */
function answerOf(
  worker: Worker,
  versions: Versions,
  limitMs: number,
): Promise<readonly WorkflowChange[] | undefined> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer)
      worker.off('message', answered).off('error', failed).off('exit', ended)
    }
    const answered = (changes: readonly WorkflowChange[]): void => {
      leave()
      resolve(changes)
    }
    const failed = (error: unknown): void => {
      leave()
      reject(error instanceof Error ? error : new Error('a thread that compared has failed'))
    }
    const ended = (): void => {
      leave()
      resolve(undefined)
    }
    const timer = setTimeout(() => {
      ended()
      void worker.terminate()
    }, limitMs)
    worker.on('message', answered).on('error', failed).on('exit', ended)
    worker.postMessage(versions)
  })
}
