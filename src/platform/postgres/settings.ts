/**
 * Written into postgresql.conf when the data directory is made, and the operator's from then on. fsync,
 * full_page_writes and synchronous_commit stay as PostgreSQL has them: on.
 */
export const INITIAL_SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  log_checkpoints: 'off',
  // Errors of statements go to whoever sent them. In the log they would quote payloads.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** Not the operator's: how we find the server, and that nobody else does. */
export function fixedSettings(socketDir: string, port: number): Readonly<Record<string, string>> {
  return {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    logging_collector: 'off',
    log_destination: 'stderr',
  }
}

/** As arguments of `postgres` and of `initdb`, which both take `-c name=value`. */
export function settingArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
