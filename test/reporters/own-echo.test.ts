import { describe, expect, it } from '@jest/globals'

import type { JsonObject, PrincipalType } from '../../src/core/domain/index.js'
import { example } from '../../src/core/policies/example.js'
import { isOwnEcho } from '../../src/reporters/index.js'
import { example as payloadOf, readOne } from '../sources/webhook/normalise/reading.js'

const OURS = 4711

/** The entry of a delivery, as far as an echo is told by it. */
function entryOf(event: string, payload: JsonObject): Parameters<typeof isOwnEcho>[0] {
  const { action, actor, labels } = readOne(event, payload)
  return example({ action, actor: { type: actor.type }, labels })
}

function checkRun(action: string, appId: number): Parameters<typeof isOwnEcho>[0] {
  const check_run = { id: 4, name: 'Hooktrail', head_sha: 'a'.repeat(40), app: { id: appId } }
  return entryOf('check_run', { ...payloadOf('check_run'), action, check_run })
}

describe('our own echo', () => {
  it.each(['created', 'completed'])("is our check run %s, and no other App's", (action) => {
    expect(isOwnEcho(checkRun(action, OURS), OURS)).toBe(true)
    expect(isOwnEcho(checkRun(action, OURS + 1), OURS)).toBe(false)
  })

  it('is not the button that somebody presses on our check run', () => {
    expect(isOwnEcho(checkRun('rerequested', OURS), OURS)).toBe(false)
    expect(isOwnEcho(checkRun('requested_action', OURS), OURS)).toBe(false)
  })

  it('is our check suite', () => {
    const check_suite = { id: 5, app: { id: OURS } }
    const entry = entryOf('check_suite', { action: 'completed', check_suite })
    expect(isOwnEcho(entry, OURS)).toBe(true)
  })

  it('is the issue that we open, not what people do with it', () => {
    const issue = { id: 6, number: 1, performed_via_github_app: { id: OURS } }
    const by = (type: string): JsonObject => ({ id: 7, login: 'x', type })
    const opened = entryOf('issues', { action: 'opened', issue, sender: by('Bot') })
    expect(isOwnEcho(opened, OURS)).toBe(true)
    const closed = entryOf('issues', { action: 'closed', issue, sender: by('User') })
    expect(isOwnEcho(closed, OURS)).toBe(false)
    const comment = { id: 8, performed_via_github_app: null }
    const answer = { action: 'created', issue, comment, sender: by('Bot') }
    expect(isOwnEcho(entryOf('issue_comment', answer), OURS)).toBe(false)
  })

  it.each<PrincipalType>(['user', 'bot'])('is nothing that has no App, by a %s', (type) => {
    expect(isOwnEcho(example({ action: 'push.created', actor: { type } }), OURS)).toBe(false)
  })
})
