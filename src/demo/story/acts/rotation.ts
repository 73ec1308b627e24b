import { setSecret } from '../../github/index.js'
import type { Stage } from '../stage.js'
import { MINUTE } from '../time.js'
import type { Act } from '../world.js'
import { pushChange } from './pushing.js'
import { openAlert, revokeSecret } from './secrets.js'
import { addKey, removeKey } from './settings.js'

/** A key in a commit, found and revoked within the hour; the deploy key is replaced while they are at it. */
export function* rotateKeys(stage: Stage): Act {
  const { jonas, samuel } = stage.cast
  const { repository } = stage.places.infra
  const old = addKey(stage, repository, { title: 'runner (2024)', readOnly: true, by: samuel })
  yield 40 * MINUTE
  const commit = pushChange(stage, {
    repository,
    branch: 'try-state-bucket',
    by: jonas,
    message: 'WIP: state in a bucket',
    files: { 'backend.tf': 'terraform {\n  backend "s3" {\n    access_key = "…"\n  }\n}\n' },
  })
  yield MINUTE
  const alert = openAlert(stage, repository, {
    number: 1,
    type: 'aws_access_key_id',
    displayName: 'Amazon AWS Access Key ID',
    publiclyLeaked: false,
    path: 'backend.tf',
    line: 3,
    commit,
    by: jonas,
  })
  yield 18 * MINUTE
  setSecret(repository, 'AWS_ACCESS_KEY_ID', new Date(stage.world.now()))
  revokeSecret(stage, repository, alert, { by: samuel, comment: 'Rotated in AWS; unused since.' })
  yield 9 * MINUTE
  removeKey(stage, repository, old, samuel)
  yield 2 * MINUTE
  addKey(stage, repository, { title: 'runner (2026)', readOnly: true, by: samuel })
}
