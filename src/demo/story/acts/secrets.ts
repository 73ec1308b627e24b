import type { JsonObject } from '../../../core/domain/index.js'
import { blobSha, type Account, type Commit, type Repository } from '../../github/index.js'
import { envelope } from '../payloads/repositories.js'
import { secretAlertJson, secretLocationJson, type SecretAlert } from '../payloads/settings.js'
import type { Stage } from '../stage.js'

export interface Leak {
  readonly number: number
  readonly type: string
  readonly displayName: string
  readonly publiclyLeaked: boolean
  readonly path: string
  readonly line: number
  readonly commit: Commit
  /** Whose push it came with. */
  readonly by: Account
}

/** GitHub finds a secret in a commit: an alert, and where it is. */
export function openAlert({ world }: Stage, repository: Repository, leak: Leak): SecretAlert {
  const alert: SecretAlert = {
    number: leak.number,
    type: leak.type,
    displayName: leak.displayName,
    publiclyLeaked: leak.publiclyLeaked,
    createdAt: world.now(),
    validity: 'active',
  }
  const json = secretAlertJson(world.links, repository, alert)
  const around = envelope(world, repository, leak.by)
  // GitHub found it, not a person: the delivery has no sender.
  world.emit('secret_scanning_alert', { action: 'created', alert: json, ...withoutSender(around) })
  world.emit('secret_scanning_alert_location', {
    action: 'created',
    alert: json,
    location: secretLocationJson(world.links, repository, {
      path: leak.path,
      line: leak.line,
      blobSha: blobSha(leak.commit.files.get(leak.path) ?? ''),
      commitSha: leak.commit.sha,
    }),
    ...around,
  })
  return alert
}

export interface Resolution {
  readonly by: Account
  readonly comment: string
}

export function revokeSecret(
  { world }: Stage,
  repository: Repository,
  alert: SecretAlert,
  { by, comment }: Resolution,
): void {
  const resolved = { at: world.now(), by, as: 'revoked', comment }
  world.emit('secret_scanning_alert', {
    action: 'resolved',
    alert: secretAlertJson(world.links, repository, { ...alert, validity: 'inactive', resolved }),
    ...envelope(world, repository, by),
  })
}

function withoutSender(around: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(around).filter(([name]) => name !== 'sender'))
}
