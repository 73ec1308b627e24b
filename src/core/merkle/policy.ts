import { toBase64 } from './bytes.js'
import { MerkleError } from './merkle-error.js'
import type { VerifiedSignature } from './signed-note.js'
import { isSameKey, parseVerifierKey, SIGNATURE_TYPES, type VerifierKey } from './verifier-key.js'

/** A log or a witness that a policy names. */
export interface PolicyLog {
  readonly key: VerifierKey
  readonly url: string | undefined
}
export interface PolicyWitness extends PolicyLog {
  /** Within the policy; has no meaning outside. */
  readonly name: string
}

/** Members of which so many must have cosigned. */
interface PolicyGroup {
  readonly threshold: number
  readonly members: readonly string[]
}

/** Whom somebody trusts, and how many witnesses a checkpoint needs. */
export interface TrustPolicy {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  readonly groups: ReadonlyMap<string, PolicyGroup>
  /** A witness's or group's name; `undefined` where the policy says `none`. */
  readonly quorum: string | undefined
}

interface Draft {
  logs: PolicyLog[]
  witnesses: PolicyWitness[]
  groups: Map<string, PolicyGroup>
  /** Each name is a member once at most, so that a witness counts in one way only. */
  members: Set<string>
  quorum: { name: string | undefined } | undefined
}

const MAX_LENGTH = 1_000_000
const NONE = 'none'

/**
 * Reads a tlog-policy file.
 * @throws MerkleError `merkle.policy` with the line's number
 * @see https://c2sp.org/tlog-policy
 */
export function parsePolicy(text: string): TrustPolicy {
  if (text.length > MAX_LENGTH || /[\u0000-\u0008\u000B-\u001F\u007F]/.test(text)) {
    throw new MerkleError('merkle.policy', 'the policy is too long or has control characters in it')
  }
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: new Map(),
    members: new Set(),
    quorum: undefined,
  }
  for (const [at, line] of text.split('\n').entries()) readLine(draft, line, at + 1)
  if (!draft.quorum) throw new MerkleError('merkle.policy', 'the policy has no quorum line')
  const { logs, witnesses, groups, quorum } = draft
  return { logs, witnesses, groups, quorum: quorum.name }
}

function readLine(draft: Draft, line: string, number: number): void {
  const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== '')
  if (keyword === undefined || keyword.startsWith('#')) return
  const problem =
    READERS.get(keyword)?.(draft, words) ??
    (READERS.has(keyword) ? undefined : 'is of no known kind')
  if (problem === undefined) return
  throw new MerkleError('merkle.policy', `line ${String(number)} of the policy ${problem}`)
}

/** Each takes its words into the draft, or says what is wrong. */
const READERS: ReadonlyMap<string, (draft: Draft, words: readonly string[]) => string | undefined> =
  new Map([
    ['log', readLog],
    ['witness', readWitness],
    ['group', readGroup],
    ['quorum', readQuorum],
  ])

function readLog({ logs }: Draft, [vkey, url, ...rest]: readonly string[]): string | undefined {
  if (vkey === undefined || rest.length > 0) return 'is not log <vkey> [<url>]'
  const key = readKey(vkey)
  if (typeof key === 'string') return key
  if (key.type === SIGNATURE_TYPES.cosignature) return 'has a witness’s key for a log'
  if (isKnown(logs, key)) return 'has a key that another line has'
  logs.push({ key, url })
  return undefined
}

function readWitness(draft: Draft, words: readonly string[]): string | undefined {
  const [name, vkey, url, ...rest] = words
  if (name === undefined || vkey === undefined || rest.length > 0) {
    return 'is not witness <name> <vkey> [<url>]'
  }
  const key = readKey(vkey)
  if (typeof key === 'string') return key
  if (key.type === SIGNATURE_TYPES.ed25519) return 'has a log’s key for a witness'
  if (isKnown(draft.witnesses, key)) return 'has a key that another line has'
  if (isTaken(draft, name)) return 'gives a name that is taken'
  draft.witnesses.push({ name, key, url })
  return undefined
}

function readGroup(draft: Draft, words: readonly string[]): string | undefined {
  const [name, rule, ...members] = words
  if (name === undefined || rule === undefined || members.length === 0) {
    return 'is not group <name> all|any|<k> <name>...'
  }
  if (isTaken(draft, name)) return 'gives a name that is taken'
  for (const member of members) {
    if (member === NONE || !isTaken(draft, member))
      return 'names a member that no line before it defines'
    if (draft.members.has(member)) return 'names a member that is in a group already'
    draft.members.add(member)
  }
  const threshold = readThreshold(rule, members.length)
  if (threshold === undefined) return 'has a threshold that is not from 1 to the number of members'
  draft.groups.set(name, { threshold, members })
  return undefined
}

function readThreshold(rule: string, count: number): number | undefined {
  if (rule === 'all') return count
  if (rule === 'any') return 1
  const threshold = /^[1-9]\d{0,5}$/.test(rule) ? Number(rule) : 0
  return threshold >= 1 && threshold <= count ? threshold : undefined
}

function readQuorum(draft: Draft, [name, ...rest]: readonly string[]): string | undefined {
  if (name === undefined || rest.length > 0) return 'is not quorum <name>'
  if (draft.quorum) return 'is a second quorum'
  if (name !== NONE && !isTaken(draft, name)) return 'names what no line before it defines'
  draft.quorum = { name: name === NONE ? undefined : name }
  return undefined
}

function readKey(text: string): VerifierKey | string {
  try {
    return parseVerifierKey(text)
  } catch (error) {
    return `cannot be read: ${error instanceof MerkleError ? error.message : 'no verifier key'}`
  }
}

/** The same public key under another name is the same witness, and must not count twice. */
function isKnown(list: readonly PolicyLog[], { publicKey }: VerifierKey): boolean {
  const encoded = toBase64(publicKey)
  return list.some(({ key }) => toBase64(key.publicKey) === encoded)
}

function isTaken({ witnesses, groups }: Draft, name: string): boolean {
  return name === NONE || groups.has(name) || witnesses.some((one) => one.name === name)
}

export function logKeys({ logs }: TrustPolicy): VerifierKey[] {
  return logs.map(({ key }) => key)
}

export function witnessKeys({ witnesses }: TrustPolicy): VerifierKey[] {
  return witnesses.map(({ key }) => key)
}

/** Whether enough witnesses are among the signatures. */
export function hasQuorum(policy: TrustPolicy, signatures: readonly VerifiedSignature[]): boolean {
  return policy.quorum === undefined || isWitnessedBy(policy, policy.quorum, signatures)
}

function isWitnessedBy(
  policy: TrustPolicy,
  name: string,
  signatures: readonly VerifiedSignature[],
): boolean {
  const witness = policy.witnesses.find((one) => one.name === name)
  if (witness) return signatures.some(({ key }) => isSameKey(key, witness.key))
  const group = policy.groups.get(name)
  if (!group) return false
  const met = group.members.filter((member) => isWitnessedBy(policy, member, signatures))
  return met.length >= group.threshold
}

/** @throws MerkleError `merkle.policy` unless enough witnesses cosigned */
export function requireQuorum(policy: TrustPolicy, signatures: readonly VerifiedSignature[]): void {
  if (hasQuorum(policy, signatures)) return
  const needed = policy.quorum ?? NONE
  throw new MerkleError(
    'merkle.policy',
    `the checkpoint lacks cosignatures: the quorum ${needed} is not met`,
  )
}
