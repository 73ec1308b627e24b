const WHAT = {
  log_entry: 'the entry: packed leaf, leaf hash, searchable columns',
  log_opening: 'what opens sealed values, and its words',
  delivery: 'the delivery that brought it',
  log_node: 'tiles of the tree above the leaf hashes: the proofs',
  log_count: 'counts in advance',
  log_sample: 'the sample for estimates',
  log_sketch: 'a smaller one',
}

/** Bytes of an entry with all indexes and proofs, without its raw body. */
const MARK = 2048

/** Bytes on disk of one entry, by table and index. */
export async function printSizes(pool) {
  const {
    rows: [{ size }],
  } = await pool.query('SELECT size::int FROM log_state')
  const { rows } = await pool.query(`
    SELECT t.relname AS name, pg_table_size(t.oid)::float8 AS bytes,
      (SELECT json_agg(json_build_array(i.indexrelid::regclass::text, pg_relation_size(i.indexrelid)) ORDER BY 1) FROM pg_index i WHERE i.indrelid = t.oid) AS indexes
    FROM pg_class t WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND pg_table_size(t.oid) > 100000 ORDER BY 2 DESC`)
  console.log('\nbytes on disk for an entry:')
  let total = 0
  for (const { name, bytes, indexes } of rows) {
    total += bytes
    console.log(
      `  ${(bytes / size).toFixed(1).padStart(8)}  ${name}${WHAT[name] ? `: ${WHAT[name]}` : ''}`,
    )
    for (const [index, of] of indexes ?? []) {
      total += of
      console.log(`  ${(of / size).toFixed(1).padStart(8)}    ${index}`)
    }
  }
  const isSmall = total / size <= MARK
  console.log(
    `  ${(total / size).toFixed(1).padStart(8)}  in all (mark: ≤ ${MARK}, ${isSmall ? 'ok' : 'missed'})`,
  )
}
