import { personal, type DraftChange } from '../../../core/domain/index.js'
import { texts } from './payload.js'

const MOST_NAMES = 50

/** Logins that joined or left a list, each sealed as the text of its own person. */
export function namesChanged(path: string, before: unknown, after: unknown): DraftChange[] {
  const [earlier, later] = [new Set(texts(before, 1000)), new Set(texts(after, 1000))]
  const left = [...earlier].filter((name) => !later.has(name)).slice(0, MOST_NAMES)
  const joined = [...later].filter((name) => !earlier.has(name)).slice(0, MOST_NAMES)
  return [
    ...left.map((name) => ({ path, before: sealed(name) })),
    ...joined.map((name) => ({ path, after: sealed(name) })),
  ]
}

function sealed(login: string): ReturnType<typeof personal> {
  return personal(login, { type: 'user', login })
}
