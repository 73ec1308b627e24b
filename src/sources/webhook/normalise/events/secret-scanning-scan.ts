import { actionName } from '../action-names.js'
import { bySender, correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { instant } from '../time.js'
import { LIMITS, list, text, texts } from '../payload.js'
import { placeLinks, placeTarget } from '../place.js'
import { bySystem, principal } from '../who.js'

const MOST_TYPES = 50

/** A search through everything that is there already: after it, "no alert" means "nothing found". */
export const secretScanningScan: Normaliser = {
  event: 'secret_scanning_scan',
  normalise(event) {
    const { payload } = event
    const types = texts(payload.secret_types, MOST_TYPES)
    const pattern = text(payload.custom_pattern_name)
    const entry = draft(event, {
      action: actionName(event, { completed: 'secret_scan.completed' }),
      at: [payload.completed_at],
      who: principal(payload.sender)
        ? bySender(event)
        : bySystem('secret scanning does this itself; no sender in the payload'),
      targets: [
        ...placeTarget(event),
        ...(pattern === undefined ? [] : [{ type: 'secret_pattern', name: pattern }]),
      ],
      ci: { started_at: instant(payload.started_at), completed_at: instant(payload.completed_at) },
      links: placeLinks(event),
      correlation: correlation('secret_scan', event.repo, text(payload.completed_at, 40)),
      labels: {
        scan_type: text(payload.type, 40),
        scan_source: text(payload.source, 40),
        secret_types: list(payload.secret_types).length,
        secret_type: types.length === 0 ? undefined : types.join(' ').slice(0, LIMITS.line),
        pattern_scope: text(payload.custom_pattern_scope, 40),
      },
    })
    return [entry]
  },
}
