import type { AuditEntry } from '../core/domain/index.js'

/**
 * Whether an entry tells of what we wrote ourselves: our check runs and suites, our issues and comments. It
 * stays recorded, but nothing is written because of it. Known by the App's id, which the normaliser keeps as the
 * label `app_id`; a bot's login would also hide what another App's bot does under a similar name.
 */
export function isOwnEcho(entry: AuditEntry, ownAppId: number): boolean {
  return entry.labels?.['app_id'] === ownAppId && !isOfOthers(entry)
}

const CHECK = /^check_(?:run|suite)\./
/** Buttons on a check that people press. */
const PRESSED = /\.(?:rerequested|action_requested)$/

/** What others do with what we wrote. The sender of a check tells nothing: it is whoever pushed the commit. */
function isOfOthers({ action, actor }: AuditEntry): boolean {
  return CHECK.test(action) ? PRESSED.test(action) : actor.type === 'user'
}
