import type { Report } from './problem.js'
import type { Values } from './values.js'

const MIN_LENGTH = 16
const MIN_VARIETY = 8
const PLACEHOLDER =
  /^(development|(your|my|the)?[-_ ]?(webhook)?[-_ ]?secret|change[-_ ]?(me|it)|example|test)+\W*\d*$/i

/** The secrets that a delivery may be signed with, the present one first. */
export function webhookSecrets(
  values: Values,
  report: Report,
  warn: (warning: string) => void,
): readonly string[] {
  const { WEBHOOK_SECRET: present, WEBHOOK_SECRET_PREVIOUS: previous } = values
  if (present === undefined) requirePresent(values, report)
  if (present === undefined) return []
  for (const [name, secret] of [
    ['WEBHOOK_SECRET', present],
    ['WEBHOOK_SECRET_PREVIOUS', previous],
  ] as const) {
    const weakness = secret === undefined ? undefined : weaknessOf(secret)
    if (weakness === undefined) continue
    if (values.NODE_ENV === 'production') report(name, weakness)
    else warn(`${name} ${weakness} Production would refuse it.`)
  }
  return previous === undefined || previous === present ? [present] : [present, previous]
}

function requirePresent(values: Values, report: Report): void {
  if (values.WEBHOOK_SECRET_PREVIOUS !== undefined) {
    report('WEBHOOK_SECRET_PREVIOUS', 'is set without WEBHOOK_SECRET.')
  }
  if (values.NODE_ENV === 'production') {
    report('WEBHOOK_SECRET', 'is missing: anybody could send deliveries.')
  } else if (values.APP_ID !== undefined) {
    report('WEBHOOK_SECRET', 'is missing, and APP_ID is set: no delivery could be checked.')
  }
}

/** Anybody who guesses the secret can write to the log. */
function weaknessOf(secret: string): string | undefined {
  if (PLACEHOLDER.test(secret)) return 'is a well-known placeholder.'
  if (secret.length < MIN_LENGTH) return `is shorter than ${String(MIN_LENGTH)} characters.`
  if (new Set(secret).size < MIN_VARIETY) {
    return `has fewer than ${String(MIN_VARIETY)} different characters.`
  }
  return undefined
}
