import type { ActionDefinition, Actions } from './definition.js'

/** What people ask leave for, in GitHub’s “delegated” bypasses and dismissals. */
interface Request {
  readonly entity: string
  /** The event without its action. */
  readonly event: string
  readonly wish: string
  readonly category: ActionDefinition['category']
  /** Which of GitHub’s actions the event has. */
  readonly steps: readonly Step[]
  /** GitHub audit-log names by what was done. */
  readonly auditLog?: Readonly<Record<string, string>>
}

type Step = 'created' | 'cancelled' | 'completed' | 'response_submitted' | 'response_dismissed'

const ALL: readonly Step[] = [
  'created',
  'cancelled',
  'completed',
  'response_submitted',
  'response_dismissed',
]

const REQUESTS: readonly Request[] = [
  {
    entity: 'push_protection_bypass',
    event: 'bypass_request_secret_scanning',
    wish: 'push a secret past push protection',
    category: 'secret',
    steps: ALL,
    auditLog: {
      requested: 'secret_scanning_push_protection_request.request',
      approved: 'secret_scanning_push_protection_request.approve',
      rejected: 'secret_scanning_push_protection_request.deny',
      cancelled: 'secret_scanning_push_protection_request.cancel',
      completed: 'secret_scanning_push_protection_request.complete',
    },
  },
  {
    entity: 'secret_alert_dismissal',
    event: 'dismissal_request_secret_scanning',
    wish: 'close a secret alert',
    category: 'secret',
    steps: ALL,
    auditLog: {
      requested: 'secret_scanning_closure_request.create',
      approved: 'secret_scanning_closure_request.approve',
      rejected: 'secret_scanning_closure_request.deny',
      cancelled: 'secret_scanning_closure_request.cancel',
    },
  },
  {
    entity: 'code_alert_dismissal',
    event: 'dismissal_request_code_scanning',
    wish: 'close a code scanning alert',
    category: 'security',
    steps: ['created', 'response_submitted'],
    auditLog: {
      requested: 'code_scanning.alert_closure_requested',
      approved: 'code_scanning.alert_closure_approved',
      rejected: 'code_scanning.alert_closure_denied',
    },
  },
  {
    entity: 'dependency_alert_dismissal',
    event: 'dismissal_request_dependabot',
    wish: 'close a Dependabot alert',
    category: 'security',
    steps: ['created', 'cancelled', 'response_submitted'],
    auditLog: {
      requested: 'dependabot_closure_request.create',
      approved: 'dependabot_closure_request.approve',
      rejected: 'dependabot_closure_request.deny',
      cancelled: 'dependabot_closure_request.cancel',
    },
  },
  {
    entity: 'push_ruleset_bypass',
    event: 'exemption_request_push_ruleset',
    wish: 'push past a push ruleset',
    category: 'setting',
    steps: ALL,
  },
]

type Act = Pick<ActionDefinition, 'operation' | 'severity'> & {
  readonly name: string
  readonly step: Step
  readonly says: (wish: string) => string
}

const ACTS: readonly Act[] = [
  {
    name: 'requested',
    step: 'created',
    operation: 'create',
    severity: 1,
    says: (wish) => `Somebody asked to be allowed to ${wish}.`,
  },
  {
    name: 'approved',
    step: 'response_submitted',
    operation: 'approve',
    severity: 2,
    says: (wish) => `A reviewer allowed somebody to ${wish}.`,
  },
  {
    name: 'rejected',
    step: 'response_submitted',
    operation: 'approve',
    severity: 0,
    says: (wish) => `A reviewer did not allow somebody to ${wish}.`,
  },
  {
    name: 'answered',
    step: 'response_submitted',
    operation: 'approve',
    severity: 1,
    says: (wish) => `A reviewer answered a request to ${wish}, with a word that is new here.`,
  },
  {
    name: 'answer_withdrawn',
    step: 'response_dismissed',
    operation: 'update',
    severity: 1,
    says: (wish) => `An answer to a request to ${wish} was taken back.`,
  },
  {
    name: 'cancelled',
    step: 'cancelled',
    operation: 'update',
    severity: 0,
    says: (wish) => `A request to ${wish} was taken back.`,
  },
  {
    name: 'completed',
    step: 'completed',
    operation: 'execute',
    severity: 1,
    says: (wish) => `Somebody who was allowed to ${wish} did so.`,
  },
]

/** Requests for an exception, their answers, and what became of them. */
export const EXCEPTION_REQUESTS: Actions = Object.fromEntries(REQUESTS.flatMap(actionsOf))

function actionsOf(request: Request): [string, ActionDefinition][] {
  const { entity, event, wish, category, steps, auditLog = {} } = request
  return ACTS.filter(({ step }) => steps.includes(step)).map((act) => {
    const { name, step, operation, severity, says } = act
    const alias = auditLog[name]
    const definition = {
      description: says(wish),
      category,
      operation,
      severity,
      events: [`${event}.${step}`],
      ...(alias !== undefined && { auditLog: [alias] }),
    }
    return [`${entity}.${name}`, definition]
  })
}
