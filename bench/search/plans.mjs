/** Remembers what the ledger asks of the database. */
export function recorder(pool) {
  let statements = []
  const connect = pool.connect.bind(pool)
  const seen = new WeakSet()
  pool.connect = async (...given) => {
    if (given.length > 0) return connect(...given)
    const client = await connect()
    if (!seen.has(client)) {
      seen.add(client)
      const query = client.query.bind(client)
      client.query = (first, ...rest) => {
        if (/^\s*(WITH|SELECT)/.test(first?.text ?? '')) statements.push(first)
        return query(first, ...rest)
      }
    }
    return client
  }
  return { clear: () => (statements = []), take: () => statements }
}

/** The plan of the statement that took longest, one line for each scan, with what it read. */
export async function explainSlowest(pool, { text, ms, statements = [] }) {
  console.log(`    slowest (${ms.toFixed(1)} ms): ${text}`)
  let longest = { 'Execution Time': -1 }
  for (const { text: sql, values } of statements) {
    const { rows } = await pool.query({
      text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
      values,
    })
    const [plan] = rows[0]['QUERY PLAN']
    if (plan['Execution Time'] > longest['Execution Time']) longest = plan
  }
  if (!longest.Plan) return
  console.log(
    `    of it ${longest['Execution Time'].toFixed(1)} ms in one statement (planning ${longest['Planning Time'].toFixed(1)} ms), ${longest.Plan['Shared Hit Blocks']} blocks in memory, ${longest.Plan['Shared Read Blocks']} read:`,
  )
  for (const line of scans(longest.Plan)) console.log(`      ${line}`)
}

function scans(node, lines = []) {
  const what = node['Index Name'] ?? node['Relation Name']
  if (what && node['Actual Loops'] > 0) {
    const removed = node['Rows Removed by Filter']
      ? `, ${node['Rows Removed by Filter']} filtered out`
      : ''
    lines.push(
      `${node['Node Type']} ${what}: ${node['Actual Rows']} rows × ${node['Actual Loops']}${removed}, ${(node['Actual Total Time'] * node['Actual Loops']).toFixed(1)} ms`,
    )
  }
  for (const child of node.Plans ?? []) scans(child, lines)
  return lines
}
