import { ServerError } from './server-error.js'

const AWAY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is Hooktrail running, and is the port right?',
  ENOTFOUND: 'there is no such host. Is the name spelt right?',
  EAI_AGAIN: 'its name cannot be looked up now. Is this machine online?',
  ECONNRESET: 'it broke off the connection.',
  UND_ERR_SOCKET: 'it broke off the connection.',
  ETIMEDOUT: 'it does not answer.',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer.',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer.',
  EHOSTUNREACH: 'there is no way to it from here.',
  ENETUNREACH: 'there is no way to it from here.',
}

/** What OpenSSL and Node call a certificate that is not to be trusted. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ISSUER|ALTNAME|CRL|HOSTNAME_MISMATCH/
/** No TLS at all on the other side, or none that both know. */
const TLS = /^(?:ERR_SSL|EPROTO|ERR_TLS)/

/** Why nothing came from a server, as `fetch` tells it, and what to do. */
export function unreachable(url: string, error: unknown): ServerError {
  const { code, message } = rootOf(error)
  const { origin } = new URL(url)
  if (CERTIFICATE.test(code)) return untrusted(origin, message, error)
  if (TLS.test(code)) {
    const text = `${origin} does not speak TLS (${message}): is it https, and the right port?`
    return new ServerError('server.address', text, { cause: error })
  }
  const reason = AWAY[code] ?? `${message}.`
  return new ServerError('server.away', `${origin} cannot be reached: ${reason}`, { cause: error })
}

function untrusted(origin: string, message: string, cause: unknown): ServerError {
  const remedy =
    'If its certificate is from your own authority, name that in NODE_EXTRA_CA_CERTS=/path/to/ca.pem; otherwise somebody else may be answering.'
  const text = `${origin} shows a certificate that is not trusted (${message}), so no token was sent. ${remedy}`
  return new ServerError('server.address', text, { cause })
}

/** `fetch failed` says nothing; its cause does, and where several addresses were tried, the first of theirs. */
function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0])
  if (error instanceof Error && error.cause !== undefined) return rootOf(error.cause)
  if (!(error instanceof Error)) return { code: '', message: String(error) }
  const { code } = error as { code?: unknown }
  return { code: typeof code === 'string' ? code : '', message: error.message }
}
