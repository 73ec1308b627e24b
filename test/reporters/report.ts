import type {
  AlertReport,
  CheckRunReport,
  ReportFinding,
  ReportPush,
  ReportRun,
} from '../../src/core/domain/index.js'

export const SHA = '1f3c8e2b4d5a69788796a5b4c3d2e1f001122334'

/** A quiet report: one push, one green run. */
export function report(over: Partial<CheckRunReport> = {}): CheckRunReport {
  return {
    repo: {
      host: 'github.com',
      id: 99,
      name: 'acme/shop',
      url: 'https://github.com/acme/shop',
      installationId: 7,
    },
    headSha: SHA,
    runs: [run()],
    pushes: [push()],
    findings: [],
    sinceGreen: [],
    proof: {
      entries: 3,
      firstSeq: 12,
      lastSeq: 17,
      leafHash: 'bGVhZg==',
      treeSize: 21,
      rootHash: 'cm9vdA==',
      verifyCommand: 'hooktrail verify --seq 17',
    },
    ...over,
  }
}

export function run(over: Partial<ReportRun> = {}): ReportRun {
  return {
    runId: 4001,
    attempt: 1,
    runNumber: 12,
    workflow: 'CI',
    event: 'push',
    ref: 'main',
    state: 'completed',
    outcome: 'success',
    actor: { type: 'user', login: 'octocat' },
    attribution: { confidence: 'verified', method: 'workflow_run.actor' },
    url: 'https://github.com/acme/shop/actions/runs/4001',
    jobs: [
      { name: 'test', outcome: 'success', steps: [{ name: 'npm test', conclusion: 'success' }] },
    ],
    ...over,
  }
}

export function push(over: Partial<ReportPush> = {}): ReportPush {
  return {
    seq: 12,
    at: '2026-11-01T09:59:59.000Z',
    actor: { type: 'user', login: 'octocat' },
    attribution: { confidence: 'verified', method: 'sender' },
    ref: 'refs/heads/main',
    defaultBranch: true,
    forced: false,
    created: false,
    commits: 3,
    pipelineFiles: [],
    url: 'https://github.com/acme/shop/compare/a...b',
    ...over,
  }
}

export function finding(over: Partial<ReportFinding> = {}): ReportFinding {
  return {
    policy: 'RS-01',
    severity: 3,
    title: 'Branch protection weakened',
    explanation: 'Fewer people have to agree before a change is merged.',
    remedy: 'Restore the rule.',
    seq: 16,
    key: 'RS-01:github.com:99:main',
    at: '2026-11-01T10:00:00.000Z',
    action: 'branch_protection.edited',
    actor: { type: 'user', login: 'mallory' },
    attribution: { confidence: 'verified', method: 'sender' },
    target: 'main',
    url: 'https://github.com/acme/shop/settings/branches',
    ...over,
  }
}

export function alert(over: Partial<AlertReport> = {}): AlertReport {
  return {
    repo: report().repo,
    finding: finding(),
    verifyCommand: 'hooktrail verify --seq 16',
    ...over,
  }
}
