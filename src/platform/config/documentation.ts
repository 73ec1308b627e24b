import { markdownTable } from '../markdown-table.js'
import { SETTINGS, SETTING_GROUPS, type Setting } from './settings.js'

const WIDTH = 98

/** The text of `.env.example`: every setting, commented out, with its default or an example. */
export function envExample(): string {
  const head = [
    ...comment(
      'Settings of Hooktrail. Copy this file to .env and take the # off what you want to set.',
    ),
    ...comment('The process’s own environment wins over .env; an empty value counts as not set.'),
    ...comment('Generated from src/platform/config/settings.ts; see also docs/configuration.md.'),
  ]
  const groups = Object.entries(SETTING_GROUPS).map(([group, title]) => {
    const settings = SETTINGS.filter((setting) => setting.group === group)
    return [`## ${title}`, ...settings.flatMap((setting) => ['', ...envLines(setting)])].join('\n')
  })
  return `${[head.join('\n'), ...groups].join('\n\n')}\n`
}

/** The part of docs/configuration.md that lists the settings: one section and table for each group. */
export function settingsTables(): string {
  const sections = Object.entries(SETTING_GROUPS).map(([group, title]) => {
    const settings = SETTINGS.filter((setting) => setting.group === group)
    const rows = settings.map((setting) => [
      `\`${setting.name}\``,
      setting.description,
      setting.defaultNote ?? (setting.default === undefined ? 'none' : `\`${setting.default}\``),
    ])
    return `### ${title}\n\n${markdownTable([['Setting', 'Meaning', 'Default'], ...rows])}`
  })
  return sections.join('\n\n')
}

function envLines(setting: Setting): string[] {
  const { name, description, defaultNote, example } = setting
  const note = defaultNote === undefined ? '' : ` Default: ${defaultNote}.`
  return [...comment(`${description}${note}`), `#${name}=${setting.default ?? example ?? ''}`]
}

function comment(text: string): string[] {
  const lines = ['#']
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1) ?? '#'} ${word}`
    if (line.length <= WIDTH) lines[lines.length - 1] = line
    else lines.push(`# ${word}`)
  }
  return lines
}
