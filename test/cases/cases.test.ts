import { existsSync, readFileSync } from 'node:fs'

import { describe, expect, it } from '@jest/globals'

import { printed } from '../../src/cli/text/printed.js'
import { abandonedFiles, allRecordings } from './recordings.js'

const recordings = allRecordings()

describe('the recorded cases (remedy: npm run cases, and npm run cases -- --write)', () => {
  it.each(recordings)(
    '$path: $deliveries deliveries give the recorded entries',
    ({ path, today }) => {
      expect(existsSync(path)).toBe(true)
      const recorded = readFileSync(path, 'utf8')
      expect(JSON.parse(recorded)).toEqual(today)
      expect(recorded).toBe(`${printed(today)}\n`)
    },
  )

  it('are of events that have examples', () => {
    expect(abandonedFiles(recordings)).toEqual([])
  })
})
