import { HooktrailError } from '../../core/domain/index.js'

import { SETTINGS, type SettingGroup, type SettingName } from './settings.js'

/** What is wrong with one setting. Never holds the value of a secret. */
export interface SettingProblem {
  /** The variable's name, or the file's where a file of settings cannot be read. */
  readonly setting: string
  /** Absent for a file. */
  readonly group?: SettingGroup
  readonly problem: string
  readonly remedy: string
}

/** Collects problems while the settings are read, so that all are named at once. */
export type Report = (setting: SettingName, problem: string, remedy?: string) => void

/** The settings do not allow a start; `problems` names each and says what to do. */
export class ConfigError extends HooktrailError<'config'> {
  readonly problems: readonly SettingProblem[]

  constructor(problems: readonly SettingProblem[], options?: { cause?: unknown }) {
    super('config', describe(problems), options)
    this.problems = problems
  }
}

/** A problem as its setting explains it; `remedy` where this problem has another one. */
export function problemOf(name: SettingName, problem: string, remedy?: string): SettingProblem {
  const setting = SETTINGS.find((one) => one.name === name)
  return {
    setting: name,
    ...(setting && { group: setting.group }),
    problem,
    remedy: remedy ?? setting?.remedy ?? '',
  }
}

function describe(problems: readonly SettingProblem[]): string {
  const count =
    problems.length === 1 ? 'One setting needs' : `${String(problems.length)} settings need`
  const lines = problems.map(
    ({ setting, problem, remedy }) => `  ${setting} ${problem}\n    ${remedy}`,
  )
  return `${count} attention (every setting is explained in .env.example):\n${lines.join('\n')}`
}
