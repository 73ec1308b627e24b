import { SETTINGS } from './settings.js'

const PREFIX = 'HOOKTRAIL_'

/** A variable that bears our name but that we do not know is probably a slip: it is named, and what is near it. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(SETTINGS.map(({ name }) => name))
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.has(name))
    .sort()
    .map(describe)
}

function describe(name: string): string {
  const near = nearest(name)
  return `${name} is not a setting of Hooktrail and is ignored.${near === undefined ? '' : ` Did you mean ${near}?`}`
}

function nearest(name: string): string | undefined {
  const ranked = SETTINGS.map((setting) => ({
    name: setting.name,
    distance: editDistance(name, setting.name),
  })).sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(3, (name.length - PREFIX.length) / 2)
    ? best.name
    : undefined
}

/** Levenshtein's, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [line, letter] of Array.from(from).entries()) {
    const next = [line + 1]
    for (let column = 1; column <= to.length; column++) {
      const change = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
