import { statSync } from 'node:fs'
import { join } from 'node:path'

import type { ConfigExamination } from '../../platform/index.js'
import { resultsOf, type CheckResult } from './check.js'

const { ok, warn, fail } = resultsOf('configuration')

/** Every setting that stops the start, everything that is probably not meant. */
export function checkConfiguration(
  { config, problems }: ConfigExamination,
  cwd: string,
): CheckResult[] {
  const results = [
    ...problems.map(({ setting, problem, remedy }) => fail(`${setting} ${problem}`, remedy)),
    ...config.warnings.map((warning) => warn(warning, 'See docs/configuration.md.')),
    ...openEnvFile(cwd),
  ]
  return results.length === 0 ? [ok(`complete, for ${config.mode} with ${config.host}`)] : results
}

/** It holds the App's key. */
function openEnvFile(cwd: string): CheckResult[] {
  const file = join(cwd, '.env')
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  if ((mode & 0o077) === 0) return []
  return [warn(`${file} can be read by other users of this machine`, `chmod 600 ${file}`)]
}
