export interface GitHubOptions {
  /** The private key in PEM, PKCS #8. */
  readonly app: { readonly id: number; readonly privateKey: string }
  /** `https://api.github.com`, or `https://<host>/api/v3` of an Enterprise Server. */
  readonly apiUrl: string
  /** Hooktrail's version, for the User-Agent. */
  readonly version: string
  readonly log: { debug(line: string): void; warn(line: string): void }
  /** How long one try may take, in ms. */
  readonly timeoutMs?: number
  /**
   * Space requests as GitHub asks: one write a second for each installation, 10 at once. Off only against a
   * server without limits, such as the stand-in of demo and tests.
   */
  readonly pace?: boolean
  /** How long a second of waiting is, in ms: tests make it short. */
  readonly secondMs?: number
}
