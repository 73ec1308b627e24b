import { readFileSync } from 'node:fs'
import process from 'node:process'

/**
 * How much of a processor questions take: milliseconds of this process and of PostgreSQL's on this machine. Where others use the
 * processors too, waiting for them is in the time of a question and not in this. NaN where the system does not say.
 */
export async function processorOf(pool) {
  const {
    rows: [{ pids }],
  } = await pool.query(
    'SELECT array_agg(pid) AS pids FROM pg_stat_activity WHERE backend_type IN ($1, $2)',
    ['client backend', 'io worker'],
  )
  return () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e3 + pids.reduce((sum, pid) => sum + onProcessor(pid), 0)
  }
}

/**
 * Milliseconds that a process of this machine has been on a processor.
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
export function onProcessor(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return NaN
  }
}
