import type { CheckRun, GitHubState, Issue, Repository } from './github/index.js'

export interface WrittenCheck {
  readonly repository: Repository
  readonly checkRun: CheckRun
  /** By `performance.now()`: when it was first seen. */
  readonly seenAt: number
}

export interface WrittenIssue {
  readonly repository: Repository
  readonly issue: Issue
}

/** Sees what our App writes on the stand-in, and when. */
export interface ReactionWatch {
  readonly checks: () => readonly WrittenCheck[]
  readonly issues: () => readonly WrittenIssue[]
  readonly stop: () => void
}

const LOOK_EVERY_MS = 5

/** Looks at the stand-in's own state, which is in this process: no request disturbs what is measured. */
export function watchReactions(state: GitHubState, appId: number): ReactionWatch {
  const seen = new Map<number, WrittenCheck>()
  const look = (): void => {
    for (const repository of state.repositories.values()) {
      for (const checkRun of repository.checkRuns.values()) {
        if (checkRun.appId !== appId || seen.has(checkRun.id)) continue
        seen.set(checkRun.id, { repository, checkRun, seenAt: performance.now() })
      }
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  return {
    checks: () => {
      look()
      return [...seen.values()]
    },
    issues: () => issuesOf(state, appId),
    stop: () => {
      clearInterval(timer)
    },
  }
}

function issuesOf(state: GitHubState, appId: number): WrittenIssue[] {
  const found: WrittenIssue[] = []
  for (const repository of state.repositories.values()) {
    for (const issue of repository.issues.values()) {
      if (issue.appId === appId) found.push({ repository, issue })
    }
  }
  return found
}
