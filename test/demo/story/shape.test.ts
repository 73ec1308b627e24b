import { readFileSync } from 'node:fs'

import { beforeAll, describe, expect, it } from '@jest/globals'

import type { JsonObject } from '../../../src/core/domain/index.js'
import { createGitHubState } from '../../../src/demo/index.js'
import { playStory, type StoryDelivery } from '../../../src/demo/story/index.js'
import { memberPaths } from './payload.js'

interface Example {
  readonly name: string
  readonly examples: readonly JsonObject[]
}

const EXAMPLES = JSON.parse(
  readFileSync('node_modules/@octokit/webhooks-examples/api.github.com/index.json', 'utf8'),
) as readonly Example[]

/** GitHub has no example of these: they are built after its OpenAPI description. */
const NO_EXAMPLE = [
  'repository_ruleset',
  'secret_scanning_alert',
  'secret_scanning_alert_location',
  'workflow_insight',
]

/** Members that today's deliveries have and the examples, some of them of 2019, have not. */
const NEWER = [
  /^\.(organization|installation)\b/,
  /\.(has_discussions|allow_forking|disabled)$/,
  /^\.key\.(added_by|last_used|enabled)$/,
  /^\.team\.notification_setting$/,
  /^\.changes\.(permission|role_name)(\.to)?$/,
  /^\.workflow_run\.referenced_workflows$/,
  /^\.inputs\./,
  /\.app\.permissions\./,
  /^\.pull_request\.merged_by\./,
  /\.performed_via_github_app\./,
  // Only `requested` has an example; `approved` after the description.
  /^\.reviewers\[\]\.reviewer\./,
  /^\.(approver|comment|workflow_job_runs)\b/,
  // In a deployment, but in no example of a status.
  /^\.workflow\b/,
]

/** Members that all examples have and ours may lack. */
const NOT_ALWAYS = [
  /^\.check_suite\.app\.permissions\./,
  /^\.workflow_run\.pull_requests\[\]/,
  /^\.reviewers\[\]/,
  // Of a review that is asked for; not of one that was given.
  /^\.(requestor|environment|workflow_job_run)\b/,
]

let story: readonly StoryDelivery[]

beforeAll(() => {
  story = [...playStory(createGitHubState(), { endsAt: Date.UTC(2026, 10, 22) })]
})

function pathsByDelivery(event: string): Set<string>[] {
  return story.filter((one) => one.event === event).map(({ payload }) => memberPaths(payload))
}

function examplePaths(event: string): Set<string>[] {
  const found = EXAMPLES.find(({ name }) => name === event)
  return found?.examples.map((example) => memberPaths(example)) ?? []
}

describe('payloads have the shape of GitHub’s', () => {
  it('for every event that has an example', () => {
    const events = new Set(story.map(({ event }) => event))
    const without = [...events].filter((event) => examplePaths(event).length === 0)
    expect(without.toSorted()).toEqual(NO_EXAMPLE)
  })

  it('and no member that no example has', () => {
    const invented: string[] = []
    for (const event of new Set(story.map((one) => one.event))) {
      if (NO_EXAMPLE.includes(event)) continue
      const known = new Set(examplePaths(event).flatMap((paths) => [...paths]))
      const ours = new Set(pathsByDelivery(event).flatMap((paths) => [...paths]))
      for (const path of ours) {
        if (!known.has(path) && !NEWER.some((newer) => newer.test(path))) {
          invented.push(`${event}${path}`)
        }
      }
    }
    expect(invented).toEqual([])
  })

  it('and every member that all examples have', () => {
    const missing: string[] = []
    for (const event of new Set(story.map((one) => one.event))) {
      const [first = new Set<string>(), ...others] = examplePaths(event)
      const always = [...first].filter((path) => others.every((paths) => paths.has(path)))
      const ours = pathsByDelivery(event)
      for (const path of always) {
        if (NOT_ALWAYS.some((pattern) => pattern.test(path))) continue
        if (!ours.every((paths) => paths.has(path))) missing.push(`${event}${path}`)
      }
    }
    expect(missing).toEqual([])
  })
})
