/** One line of a difference: kept, only before, or only after. */
export interface DiffLine {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** Lines around a change that are shown with it. */
const CONTEXT = 2
/** Cells of the table at most; past that everything in between is shown as replaced. */
const MOST_CELLS = 4_000_000

/** The shortest way from some lines to others, with a little of what stays around it. */
export function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const kept = (lines: readonly string[]): DiffLine[] => marked(' ', lines)
  return nearChanges([
    ...kept(before.slice(0, start)),
    ...between(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...kept(before.slice(before.length - end)),
  ])
}

function marked(mark: DiffLine['mark'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ mark, text }))
}

function between(before: readonly string[], after: readonly string[]): DiffLine[] {
  if (before.length * after.length > MOST_CELLS) {
    return [...marked('-', before), ...marked('+', after)]
  }
  const common = commonLengths(before, after)
  const lines: DiffLine[] = []
  let [one, other] = [0, 0]
  while (one < before.length || other < after.length) {
    const [left, right] = [before[one], after[other]]
    if (left !== undefined && left === right) {
      lines.push({ mark: ' ', text: left })
      one += 1
      other += 1
    } else if (left !== undefined && at(common, one + 1, other) >= at(common, one, other + 1)) {
      lines.push({ mark: '-', text: left })
      one += 1
    } else {
      lines.push({ mark: '+', text: right ?? '' })
      other += 1
    }
  }
  return lines
}

/** Of each pair of tails, how many lines both have in their order. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  )
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const row = table[one] ?? []
    for (let other = after.length - 1; other >= 0; other -= 1) {
      row[other] =
        before[one] === after[other]
          ? at(table, one + 1, other + 1) + 1
          : Math.max(at(table, one + 1, other), at(table, one, other + 1))
    }
  }
  return table
}

/** Past the end of one side nothing is in common, and the other side goes first. */
function at(table: readonly (readonly number[])[], one: number, other: number): number {
  return table[one]?.[other] ?? -1
}

function nearChanges(lines: readonly DiffLine[]): DiffLine[] {
  return lines.filter((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ mark }) => mark !== ' '),
  )
}
