import { readFile } from 'node:fs/promises'

import {
  formatVerifierKey,
  MerkleError,
  parsePolicy,
  SIGNATURE_TYPES,
  type PolicyWitness,
  type TrustPolicy,
} from '../../core/merkle/index.js'
import type { LogSettings } from '../../platform/index.js'
import type { Witness } from './push-checkpoint.js'
import { SigningError } from './signing-error.js'

/**
 * The policy in `HOOKTRAIL_WITNESS_POLICY`; `undefined` where it is not set.
 * @throws SigningError `signing.witnesses`
 */
export async function readWitnessPolicy({
  witnessPolicy: file,
}: Pick<LogSettings, 'witnessPolicy'>): Promise<TrustPolicy | undefined> {
  if (file === undefined) return undefined
  try {
    return parsePolicy(await readFile(file, 'utf8'))
  } catch (cause) {
    const why = cause instanceof MerkleError ? cause.message : 'the file cannot be read'
    throw new SigningError(
      'signing.witnesses',
      `HOOKTRAIL_WITNESS_POLICY names ${file}, which is no policy: ${why}. Checkpoints go to no witness until it is one, and no newer one is shown (docs/operations.md, “Witnesses”).`,
      { cause },
    )
  }
}

/**
 * The witnesses of a policy, each with the URL to push to.
 * @throws SigningError `signing.witnesses` for one that cannot be pushed to
 */
export function witnessesOf(policy: TrustPolicy | undefined): Witness[] {
  return (policy?.witnesses ?? []).map(witnessOf)
}

function witnessOf({ name, key, url }: PolicyWitness): Witness {
  if (key.type !== SIGNATURE_TYPES.cosignature) {
    throw unusable(name, 'has a key of a type whose cosignatures Hooktrail cannot verify yet')
  }
  if (url !== undefined && /^https?:\/\/[^\s?#]+$/.test(url) && URL.canParse(url)) {
    return { key, url: url.replace(/\/+$/, '') }
  }
  throw unusable(name, 'has no http or https URL at the end of its line')
}

function unusable(name: string, why: string): SigningError {
  return new SigningError(
    'signing.witnesses',
    `The witness ${name} in HOOKTRAIL_WITNESS_POLICY ${why}. Checkpoints go to no witness until it is mended, and no newer one is shown.`,
  )
}

/** The lines of a policy for those who check the log: its witnesses without their URLs, and the quorum. */
export function describeWitnesses(policy: TrustPolicy | undefined): string[] {
  if (!policy) return ['quorum none']
  const { witnesses, groups, quorum } = policy
  return [
    ...witnesses.map(({ name, key }) => `witness ${name} ${formatVerifierKey(key)}`),
    ...[...groups].map(
      ([name, { threshold, members }]) => `group ${name} ${String(threshold)} ${members.join(' ')}`,
    ),
    `quorum ${quorum ?? 'none'}`,
  ]
}
