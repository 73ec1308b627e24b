/**
 * Makes of a log one that is `times` as long, in the same span of time, in the database: copies with ids, SHAs, runs and times of
 * their own. Columns, words, openings and indexes are what real entries would make; copies' leaves have the original's bytes (so
 * the sizes are right, but their hashes are not theirs: `hooktrail verify` would say so).
 */
export async function multiply(pool, times) {
  const client = await pool.connect()
  const step = async (name, text) => {
    const start = performance.now()
    await client.query(text)
    console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
  }
  try {
    await client.query(
      `SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET synchronize_seqscans = off; SET work_mem = '256MB'`,
    )
    const {
      rows: [{ size, first }],
    } = await client.query(
      'SELECT size::int, (SELECT min(occurred_at) FROM log_entry) AS first FROM log_state',
    )
    const {
      rows: [{ days }],
    } = await client.query(
      `SELECT extract(epoch FROM max(occurred_at) - min(occurred_at)) / 86400 AS days FROM log_entry`,
    )
    const { rows: indexes } = await client.query(
      `SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('log_entry', 'log_opening')
       AND indexname NOT LIKE '%pkey'`,
    )
    for (const { indexname } of indexes) await client.query(`DROP INDEX ${indexname}`)
    await client.query(`
      GRANT ALL ON log_entry, log_opening, delivery, log_state TO CURRENT_USER;
      ALTER TABLE log_entry DISABLE TRIGGER USER; ALTER TABLE log_opening DISABLE TRIGGER USER;
      ALTER TABLE delivery DISABLE TRIGGER USER; ALTER TABLE log_state DISABLE TRIGGER USER;
      CREATE UNLOGGED TABLE seed_entry AS SELECT * FROM log_entry; CREATE UNLOGGED TABLE seed_opening AS SELECT * FROM log_opening;
      CREATE UNLOGGED TABLE seed_delivery AS SELECT * FROM delivery; CREATE INDEX ON seed_opening (seq);
      TRUNCATE log_entry, log_opening, delivery, log_block, log_count, log_sample, log_sketch`)
    const { rows: columns } = await client.query(
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'log_entry' ORDER BY ordinal_position`,
    )
    for (let copy = 0; copy < times; copy += 1) {
      const sha = `(md5(head_sha || '${copy}') || left(md5('${copy}' || head_sha), 8))`
      // Copies follow one another, each in its part of the same span of time.
      const moved = (at) =>
        `'${first.toISOString()}'::timestamptz + (${at} - '${first.toISOString()}'::timestamptz) / ${times} + interval '1 day' * ${(days / times) * copy}`
      const own = {
        seq: `seq + ${copy * size}`,
        delivery: `delivery + ${copy * size}`,
        id: `(left(id::text, 14) || substr(md5(id::text || '${copy}'), 15, 4) || '-8' || substr(md5(id::text || '${copy}'), 1, 3) || '-' || substr(md5(id::text || '${copy}'), 5, 12))::uuid`,
        occurred_at: moved('occurred_at'),
        recorded_at: moved('recorded_at'),
        run_id: `run_id + ${copy} * 10000000000`,
        head_sha: sha,
        words: `CASE WHEN head_sha IS NULL THEN words ELSE replace(words, head_sha, ${sha}) END`,
        correlation_id: `correlation_id || '${copy}'`,
      }
      const list = columns.map(({ column_name: name }) => own[name] ?? name).join(', ')
      await step(
        `copy ${copy + 1} of ${times}`,
        `INSERT INTO log_entry SELECT ${list} FROM seed_entry;
         INSERT INTO log_opening SELECT seq + ${copy * size}, subject, openings, words FROM seed_opening;
         INSERT INTO delivery SELECT first_seq + ${copy * size}, entries, host, guid || '-${copy}', kind, event, installation_id, received_at, body_sha256, body_bytes FROM seed_delivery`,
      )
    }
    await client.query(`DROP TABLE seed_entry, seed_opening, seed_delivery`)
    await client.query(
      `UPDATE log_state SET size = ${size * times}, frontier = decode(repeat('00', 32 * bit_count((${size * times})::bit(64))::int), 'hex')`,
    )
    await client.query(`
      INSERT INTO log_node SELECT 1, n, sha256(n::text::bytea) FROM generate_series(0, ${size * times} / 256 - 1) n ON CONFLICT DO NOTHING`)
    for (const { indexname, indexdef } of indexes) await step(indexname, indexdef)
    await client.query(`
      ALTER TABLE log_entry ENABLE TRIGGER USER; ALTER TABLE log_opening ENABLE TRIGGER USER;
      ALTER TABLE delivery ENABLE TRIGGER USER; ALTER TABLE log_state ENABLE TRIGGER USER`)
    await step('vacuum', 'VACUUM (ANALYZE) log_entry')
    await step('vacuum', 'VACUUM (ANALYZE) log_opening')
  } finally {
    client.release()
  }
}
