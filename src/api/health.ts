import type { Context } from 'hono'

import { logSize } from '../ledger/index.js'
import type { Database } from '../platform/index.js'

/** Milliseconds after which a database that says nothing counts as away. */
const PATIENCE = 3000

/** 200 when the database answers, otherwise 503; says nothing about why, because anybody may ask. */
export async function health(
  context: Context,
  database: Database,
  version: string,
): Promise<Response> {
  const isUp = await Promise.race([answers(database), silence()])
  const status = isUp ? 'ok' : 'unavailable'
  return context.json({ status, version, database: isUp ? 'up' : 'down' }, isUp ? 200 : 503)
}

async function answers(database: Database): Promise<boolean> {
  try {
    await logSize(database)
    return true
  } catch {
    return false
  }
}

function silence(): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(false)
    }, PATIENCE).unref()
  })
}
