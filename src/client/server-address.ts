import { ServerError } from './server-error.js'

/**
 * The address of a server, without a slash at its end.
 * @throws ServerError `server.address` for what is no address, and where a token would travel unencrypted
 */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    refuse(`“${text}” is no address of a server, which is like https://hooktrail.example.com`)
  }
  if (`${url.username}${url.password}${url.search}${url.hash}` !== '') {
    refuse('the address of a server has no user, query or fragment: give it without')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    refuse(
      `${url.origin} is not encrypted: whoever is on the way could read the token, so it is not sent. Use https, or a tunnel: ssh -L 3000:localhost:3000 ${url.hostname}, then http://localhost:3000`,
    )
  }
  return url.href.replace(/\/+$/, '')
}

/** Names that RFC 6761 keeps on this machine, and its addresses. */
function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

function refuse(message: string): never {
  throw new ServerError('server.address', message)
}
