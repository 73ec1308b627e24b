import { readFile } from 'node:fs/promises'
import path from 'node:path'

import type { Command } from 'commander'

import {
  factsJson,
  pipelineDifference,
  readPipelineFile,
  type FileFacts,
} from '../../core/workflows/index.js'
import { printable } from '../../platform/index.js'
import type { CliContext } from '../context.js'
import { EXIT, UsageError, type ExitCode } from '../exit-code.js'
import { jsonDocument } from '../text/json.js'
import { styles } from '../text/style.js'
import { differenceText, factsText } from '../text/workflow.js'

interface WorkflowFlags {
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  hooktrail workflow facts .github/workflows/ci.yml
  hooktrail workflow diff old/ci.yml .github/workflows/ci.yml
  git show main:.github/workflows/ci.yml > /tmp/ci.yml && hooktrail workflow diff /tmp/ci.yml .github/workflows/ci.yml

Composite actions (action.yml) as well. It reads these files only, and asks nothing of the log.`

export function addWorkflow(
  program: Command,
  context: CliContext,
  finish: (code: ExitCode) => void,
): void {
  const workflow = program
    .command('workflow')
    .description('what a workflow file says, and what two versions of it differ in')
    .addHelpText('after', EXAMPLES)
  workflow
    .command('facts')
    .description(
      'triggers, rights, secrets, jobs and actions of a file; exits with 1 if it cannot be read',
    )
    .argument('<file>', 'a workflow, or an action.yml')
    .option('--json', 'one JSON document')
    .action(async (file: string, flags: WorkflowFlags) => {
      finish(await facts(context, file, flags))
    })
  workflow
    .command('diff')
    .description(
      'what is different in meaning, gravest first; exits with 1 if anything is, as diff does',
    )
    .argument('<old>', 'the file as it was')
    .argument('<new>', 'the file as it is')
    .option('--json', 'one JSON document')
    .action(async (before: string, after: string, flags: WorkflowFlags) => {
      finish(await diff(context, { before, after }, flags))
    })
}

async function facts(
  context: CliContext,
  file: string,
  { json }: WorkflowFlags,
): Promise<ExitCode> {
  const found = await factsOf(context, file)
  const { out } = context
  await out.write(json ? jsonDocument(factsJson(found)) : factsText(found, styles(out.colors)))
  return found.kind === 'unreadable' ? EXIT.no : EXIT.ok
}

async function diff(
  context: CliContext,
  files: { readonly before: string; readonly after: string },
  { json }: WorkflowFlags,
): Promise<ExitCode> {
  const changes = pipelineDifference(
    await factsOf(context, files.before),
    await factsOf(context, files.after),
  )
  const { out } = context
  await out.write(
    json
      ? jsonDocument({ changes: factsJson(changes) })
      : differenceText(changes, styles(out.colors)),
  )
  return changes.length === 0 ? EXIT.ok : EXIT.no
}

/** @throws UsageError when there is no such file */
async function factsOf({ place }: CliContext, file: string): Promise<FileFacts> {
  const full = path.resolve(place.cwd, file)
  try {
    return readPipelineFile(await readFile(full, 'utf8'))
  } catch (error) {
    const reason =
      typeof error === 'object' && error !== null && 'code' in error
        ? String(error.code)
        : 'unknown'
    throw new UsageError(
      `${printable(file)} cannot be opened (${reason}). Name a workflow file, for example .github/workflows/ci.yml.`,
      { cause: error },
    )
  }
}
