import type { Actions } from './definition.js'

/** What Hooktrail itself does. */
export const HOOKTRAIL: Actions = {
  'token.created': {
    description: 'A token of the HTTP API was made (`hooktrail token create`).',
    category: 'system',
    operation: 'create',
    severity: 2,
    events: [],
  },
  'token.revoked': {
    description: 'A token of the HTTP API was revoked.',
    category: 'system',
    operation: 'delete',
    severity: 1,
    events: [],
  },
  'alert.opened': {
    description:
      'A policy found something that a person must know; it was reported on the commit, and as an issue where allowed.',
    category: 'finding',
    operation: 'create',
    severity: 0,
    events: [],
  },
  'saved_query.created': {
    description: 'A query was saved under a name (`hooktrail query save`).',
    category: 'system',
    operation: 'create',
    severity: 0,
    events: [],
  },
  'saved_query.updated': {
    description: 'A saved query got another text.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: [],
  },
  'saved_query.deleted': {
    description: 'A saved query was removed.',
    category: 'system',
    operation: 'delete',
    severity: 0,
    events: [],
  },
  'bodies.pruned': {
    description:
      'Raw deliveries were removed because they are older than the retention time; their digests stay.',
    category: 'system',
    operation: 'delete',
    severity: 0,
    events: [],
  },
  'openings.pruned': {
    description:
      'Sealed names and texts were removed because they are older than the retention time; the entries stay.',
    category: 'system',
    operation: 'delete',
    severity: 1,
    events: [],
  },
  'hold.added': {
    description: 'A legal hold was added: what it covers is neither pruned nor erased.',
    category: 'system',
    operation: 'create',
    severity: 2,
    events: [],
  },
  'hold.removed': {
    description: 'A legal hold was removed.',
    category: 'system',
    operation: 'delete',
    severity: 3,
    events: [],
  },
  'person.disclosed': {
    description: 'What the log holds about a person was shown, as for a subject access request.',
    category: 'system',
    operation: 'read',
    severity: 1,
    events: [],
  },
  'person.erased': {
    description:
      'A person was erased: names and texts of theirs, and the raw deliveries that name them, are gone; the entries stay.',
    category: 'system',
    operation: 'delete',
    severity: 2,
    events: [],
  },
  'audit.exported': {
    description:
      'Entries were exported, as a bundle for an auditor (`hooktrail export`) or by the API with a token: by whom, for which query, in which format.',
    category: 'system',
    operation: 'read',
    severity: 1,
    events: [],
  },
  'audit.export_ended': {
    description:
      'An export by the API came to its end, or was broken off: how many entries were handed out at most.',
    category: 'system',
    operation: 'read',
    severity: 0,
    events: [],
  },
  'verification.failed': {
    description: 'The scheduled self-check found that the log is not whole.',
    category: 'finding',
    operation: 'create',
    severity: 4,
    events: [],
  },
  'log.reprocessed': {
    description:
      'Somebody had raw deliveries read again with newer code (`hooktrail reprocess`), and at least one says something else; the `entry.amended` that follow name this entry in their label `act_seq`.',
    category: 'system',
    operation: 'execute',
    severity: 1,
    events: [],
  },
  'entry.amended': {
    description:
      'A raw delivery was read again with newer code (`hooktrail reprocess`) and says something else; the entries that follow replace the ones named, which stay.',
    category: 'system',
    operation: 'update',
    severity: 0,
    events: [],
  },
  'log_key.rotated': {
    description:
      'A new key took over the signing of the log (`hooktrail log rotate`): the old and the new verifier key, and the size from which the new one signs.',
    category: 'system',
    operation: 'update',
    severity: 3,
    events: [],
  },
  'log.renamed': {
    description:
      'The log goes on under another name and with a new key (`hooktrail log rotate --origin`), as after entries were lost: those who check it must see another log.',
    category: 'system',
    operation: 'update',
    severity: 4,
    events: [],
  },
  'witness.failed': {
    description:
      'A witness that should cosign checkpoints is down, refuses, or answers what does not verify; the label `reason` says which.',
    category: 'system',
    operation: 'execute',
    severity: 3,
    events: [],
  },
  'witness.recovered': {
    description: 'A witness that had failed cosigned a checkpoint again.',
    category: 'system',
    operation: 'execute',
    severity: 0,
    events: [],
  },
  'delivery.altered': {
    description:
      'A delivery came again under a known GUID with another body; the first one stands.',
    category: 'system',
    operation: 'update',
    severity: 3,
    events: [],
  },
}
