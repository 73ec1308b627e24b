import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { createReactionStore, type ReactionStore } from '../../src/platform/index.js'
import { testDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let store: ReactionStore

beforeAll(async () => {
  database = await testDatabase()
  store = createReactionStore(database, () => Date.UTC(2026, 10, 1))
})

afterAll(async () => {
  await database.drop()
})

describe('the store of reactions', () => {
  it('knows nothing of a key that was not written', async () => {
    expect(await store.get('check-run:github.com:99:abc')).toBeUndefined()
  })

  it('gives back what was written last', async () => {
    const first = { remoteId: 9_007_199_254_740_000, url: 'https://github.com/a/b/runs/1' }
    await store.put('one', 'check_run', { ...first, contentSha256: 'ab'.repeat(32) })
    expect(await store.get('one')).toEqual({ ...first, contentSha256: 'ab'.repeat(32) })
    await store.put('one', 'check_run', { url: 'https://github.com/a/b/runs/2' })
    expect(await store.get('one')).toEqual({
      remoteId: undefined,
      url: 'https://github.com/a/b/runs/2',
      contentSha256: undefined,
    })
  })
})
