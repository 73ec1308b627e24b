import { readFileSync } from 'node:fs'
import path from 'node:path'

const MIGRATION = path.join(import.meta.dirname, '../../prisma/migrations/0001_log/migration.sql')

const TREE = [
  /UPDATE log_state SET[^;]*;\s*IF NOT FOUND THEN[^;]*;\s*END IF;/,
  /INSERT INTO log_node [^;]*;/,
]

/**
 * The tables of the log once more, in the schema `no_tree`: made by the log's own migration, with all indexes and triggers, but
 * for the hashes, and a function that is log_append without what belongs to the tree.
 */
export async function makeTablesWithoutTree(pool) {
  await pool.query(
    `BEGIN; CREATE SCHEMA no_tree; SET LOCAL search_path = no_tree; ${readFileSync(MIGRATION, 'utf8')}; COMMIT`,
  )
  const {
    rows: [{ source }],
  } = await pool.query(
    `SELECT prosrc AS source FROM pg_proc WHERE oid = 'public.log_append'::regproc`,
  )
  await pool.query(`
    ALTER TABLE no_tree.log_entry ALTER COLUMN leaf_hash DROP NOT NULL;
    CREATE FUNCTION no_tree.append_without_tree(
      deliveries no_tree.new_delivery[], bodies no_tree.new_body[], entries no_tree.new_entry[], openings no_tree.new_opening[]
    ) RETURNS void LANGUAGE plpgsql AS $append$${withoutTree(source)}$append$`)
}

function withoutTree(source) {
  let rest = source
  for (const part of TREE) {
    if (!part.test(rest)) throw new Error(`log_append has changed: it has no ${part.source}`)
    rest = rest.replace(part, '')
  }
  return rest.replaceAll('INSERT INTO ', 'INSERT INTO no_tree.')
}

const CALL = `SELECT no_tree.append_without_tree($1::no_tree.new_delivery[], $2::no_tree.new_body[],
  $3::no_tree.new_entry[], $4::no_tree.new_opening[])`

export async function callWithoutTree(client, rows) {
  await client.query({ name: 'append_without_tree', text: CALL, values: [...rows] })
}
