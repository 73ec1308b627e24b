/**
 * A client of the transparency log, written from the specifications (RFC 6962, c2sp.org/signed-note, tlog-checkpoint,
 * tlog-tiles) and from nothing else: it shares no code with src/core/merkle. It believes the verifier key and nothing of
 * what the server says.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'

/** Answers a path below the log's prefix. */
export type Fetch = (path: string) => Promise<Response>

export interface VerifiedLog {
  readonly origin: string
  readonly size: number
  /** Every entry's bytes, in order. */
  readonly entries: readonly Buffer[]
}

/** Fetches everything that the checkpoint covers and checks that it makes the root that was signed. */
export async function verifyEverything(get: Fetch, vkey: string): Promise<VerifiedLog> {
  const { origin, size, root } = openCheckpoint(await text(get, 'checkpoint'), vkey)
  const entries: Buffer[] = []
  for (let tile = 0; tile * 256 < size; tile += 1) {
    entries.push(...(await fetchEntries(get, tile, Math.min(256, size - tile * 256))))
  }
  const leaves = entries.map((entry) => hash(Buffer.of(0), entry))
  if (!treeHash(leaves).equals(root)) throw new Error('the entries do not make the signed root')
  for (let level = 0, row = leaves; row.length > 0; level += 1) {
    await compareTiles(get, level, row)
    row = parents(row)
  }
  return { origin, size, entries }
}

function openCheckpoint(
  note: string,
  vkey: string,
): { origin: string; size: number; root: Buffer } {
  const end = note.lastIndexOf('\n\n') + 1
  const body = note.slice(0, end)
  const { name, id, key } = splitKey(vkey)
  const lines = note
    .slice(end + 1)
    .trimEnd()
    .split('\n')
  const mine = lines.find((line) => line.startsWith(`\u2014 ${name} `))
  const signature = Buffer.from(mine?.split(' ')[2] ?? '', 'base64')
  if (signature.subarray(0, 4).toString('hex') !== id) throw new Error('not signed by the key')
  const spki = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(key, 'base64').subarray(1),
  ])
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  if (!verify(null, Buffer.from(body), publicKey, signature.subarray(4))) {
    throw new Error('the signature does not verify')
  }
  const [origin = '', size = '', root = ''] = body.split('\n')
  if (origin !== name) throw new Error('signed by another log')
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') }
}

/** The base64 of a key may have plus signs in it. */
function splitKey(vkey: string): { name: string; id: string; key: string } {
  const first = vkey.indexOf('+')
  const second = vkey.indexOf('+', first + 1)
  const [name, id] = [vkey.slice(0, first), vkey.slice(first + 1, second)]
  return { name, id, key: vkey.slice(second + 1) }
}

async function fetchEntries(get: Fetch, tile: number, width: number): Promise<Buffer[]> {
  const bytes = await octets(get, `tile/entries/${place(tile, width)}`)
  const entries: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    entries.push(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  if (entries.length !== width) throw new Error(`a bundle has ${String(entries.length)} entries`)
  return entries
}

async function compareTiles(get: Fetch, level: number, row: readonly Buffer[]): Promise<void> {
  for (let tile = 0; tile * 256 < row.length; tile += 1) {
    const mine = Buffer.concat(row.slice(tile * 256, tile * 256 + 256))
    const path = `tile/${String(level)}/${place(tile, mine.length / 32)}`
    if (!(await octets(get, path)).equals(mine)) throw new Error(`${path} is wrong`)
  }
}

function place(tile: number, width: number): string {
  const digits = String(tile)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return width === 256 ? path : `${path}.p/${String(width)}`
}

/** Only full tiles hash upward. */
function parents(row: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = []
  for (let at = 0; at + 256 <= row.length; at += 256) above.push(treeHash(row.slice(at, at + 256)))
  return above
}

function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (!only) return hash()
  if (leaves.length === 1) return only
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  return hash(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

function hash(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}

async function text(get: Fetch, path: string): Promise<string> {
  return Buffer.from(await octets(get, path)).toString('utf8')
}

async function octets(get: Fetch, path: string): Promise<Buffer> {
  const response = await get(path)
  if (response.status !== 200) throw new Error(`${path} answers ${String(response.status)}`)
  return Buffer.from(await response.arrayBuffer())
}
