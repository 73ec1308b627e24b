import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import type { Account } from './state.js'

/** A GitHub App as the stand-in knows it: it holds the public key only, as GitHub does. */
export interface App {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly owner: Account
  readonly externalUrl: string
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
  readonly publicKey: KeyObject
  readonly createdAt: Date
}

/** 2048 bits, PKCS#1 PEM: what GitHub hands out. */
export function generateAppKey(): { readonly privateKey: string; readonly publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), publicKey }
}

export interface NewApp {
  readonly id: number
  readonly slug: string
  readonly owner: Account
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
  readonly at: Date
  /** The slug when left out. */
  readonly name?: string
  readonly externalUrl?: string
}

/** An App with a new key. The private key goes to Hooktrail's configuration, and nowhere else. */
export function createApp(wanted: NewApp): { readonly app: App; readonly privateKey: string } {
  const { privateKey, publicKey } = generateAppKey()
  const { at, ...given } = wanted
  const app: App = {
    name: wanted.slug,
    externalUrl: 'https://example.com/hooktrail',
    ...given,
    publicKey,
    createdAt: at,
  }
  return { app, privateKey }
}

/** The account in whose name an App acts. */
export function botOf(app: App): Account {
  return {
    id: app.id + 100_000_000,
    login: `${app.slug}[bot]`,
    type: 'Bot',
    name: null,
    email: null,
    createdAt: app.createdAt,
  }
}

export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
