// The PostgreSQL of this Jest run: the first test that asks for a database starts it (support/database.ts). Here is
// only where it will live, and who stops and removes it.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

// Waits for the end of its input, which comes however Jest ends, kill -9 included; then stops every server that a
// test left behind and removes all.
const CLEAN_UP = `
  cat > /dev/null
  for lock in "$1"/postgres/postmaster.pid "$1"/*/postgres/postmaster.pid; do
    read -r server < "$lock" && kill -QUIT "$server" || continue
    for i in $(seq 250); do kill -0 "$server" || break; sleep 0.02; done
  done
  rm -rf "$1"
`

export default function prepareDatabases() {
  const directory = mkdtempSync(path.join(tmpdir(), 'hooktrail-test-'))
  // For root, PostgreSQL runs as another user, who has to come through.
  chmodSync(directory, 0o711)
  process.env.HOOKTRAIL_TEST_POSTGRES = directory
  globalThis.databaseCleaner = spawn('sh', ['-c', CLEAN_UP, 'sh', directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
}
