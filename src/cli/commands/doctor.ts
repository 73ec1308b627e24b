import type { Command } from 'commander'

import { examineConfig, printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import type { CheckResult, CheckStatus } from '../doctor/check.js'
import { checkConfiguration } from '../doctor/configuration.js'
import { checkDatabase } from '../doctor/database.js'
import { checkGitHub } from '../doctor/github.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { styles, type Style, type Styles } from '../text/style.js'
import { pad } from '../text/width.js'

interface DoctorFlags {
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail doctor
  hooktrail doctor --json | jq '.checks[] | select(.status != "ok")'

It exits with 1 when something must be mended; warnings, notes and what is skipped do not count.`

export function addDoctor(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  program
    .command('doctor')
    .description(
      'what is wrong with configuration, database, credentials, permissions, webhook, clock',
    )
    .option('--json', 'one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DoctorFlags) => {
      finish(await doctor(context, flags))
    })
}

async function doctor(context: CliContext, { json }: DoctorFlags): Promise<ExitCode> {
  const examination = examineConfig(context.environment(), context.place)
  const checks = [
    ...checkConfiguration(examination, context.place.cwd),
    ...(await checkDatabase(context)),
    ...(await checkGitHub(examination.config, context.now)),
  ]
  const ok = checks.every(({ status }) => status !== 'fail')
  const style = styles(context.out.colors)
  await context.out.write(
    json ? jsonDocument({ ok, checks }) : checks.map((one) => describe(one, style)).join(''),
  )
  return ok ? EXIT.ok : EXIT.no
}

const NAME_WIDTH = 'configuration'.length
const STATUS_WIDTH = 'skipped'.length

function describe({ name, status, message, remedy }: CheckResult, style: Styles): string {
  const mark = statusStyle(status, style)
  const head = `${mark(pad(status, STATUS_WIDTH))}  ${style.bold(pad(name, NAME_WIDTH))}  `
  const indent = ' '.repeat(STATUS_WIDTH + NAME_WIDTH + 4)
  const todo = remedy === undefined ? '' : `${indent}${style.dim(`→ ${printable(remedy)}`)}\n`
  return `${head}${printable(message)}\n${todo}`
}

function statusStyle(status: CheckStatus, { green, yellow, red, dim }: Styles): Style {
  return { ok: green, note: dim, warn: yellow, fail: red, skipped: dim }[status]
}
