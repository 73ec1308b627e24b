import { SEVERITIES } from '../domain/index.js'
import { POLICIES } from './registry.js'

/** The part of docs/policies.md that the registry knows. */
export function policiesTable(): string {
  return POLICIES.map((policy) => {
    const { id, title, severity, detects, actions, examples } = policy
    return [
      `## ${id} ${title}`,
      '',
      detects,
      '',
      `- Severity: ${SEVERITIES[severity]}`,
      `- Looks at: ${actions.map((action) => `\`${action}\``).join(', ')}`,
      `- A finding, for example: ${examples.fires.map(({ when }) => when).join('; ')}`,
      `- No finding: ${examples.quiet.map(({ when }) => when).join('; ')}`,
    ].join('\n')
  }).join('\n\n')
}
