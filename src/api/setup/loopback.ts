import type { MiddlewareHandler } from 'hono'

/** Refuses requests that were sent to another name than this machine's own: a page elsewhere rebinding its DNS to us. */
export function requireLoopback(): MiddlewareHandler {
  return async (context, next) => {
    if (isLoopback(context.req.header('Host'))) return next()
    return context.text('The setup page answers on localhost only.\n', 403)
  }
}

/** @param host as in the Host header, with or without a port */
export function isLoopback(host: string | undefined): boolean {
  const url = `http://${host ?? ''}`
  if (!/^[\w.:[\]-]+$/.test(host ?? '') || !URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
