import type { Candidate } from './complete-line.js'
import type { ShellLine } from './shell-line.js'

/** How a shell is told what a word could become. */
interface Shell {
  /** What is sourced to switch completion on. */
  readonly script: string
  /** One candidate, as a line that the script reads. */
  readonly line: (candidate: Candidate, typed: ShellLine, wordBreaks: string) => string
}

const BASH = `# bash completion of hooktrail: source <(hooktrail completion bash)
_hooktrail() {
  COMPREPLY=()
  local IFS=$'\\n' candidate
  while read -r candidate; do COMPREPLY+=("$candidate"); done \\
    < <(hooktrail __complete bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o nospace -F _hooktrail hooktrail
`

const ZSH = `#compdef hooktrail
# zsh completion of hooktrail: source <(hooktrail completion zsh), after compinit
_hooktrail() {
  local line candidate description
  local -a open closed openShown closedShown
  while IFS=$'\\t' read -r candidate description; do
    [[ -n $candidate ]] || continue
    line="$candidate\${description:+  -- $description}"
    if [[ $candidate == *[:*] ]]; then
      open+=("$candidate"); openShown+=("$line")
    else
      closed+=("$candidate"); closedShown+=("$line")
    fi
  done < <(hooktrail __complete zsh "\${(j: :)words[1,CURRENT-1]} \${QIPREFIX}\${(Q)PREFIX}" 2>/dev/null)
  (( $#open )) && compadd -l -S '' -d openShown -a open
  (( $#closed )) && compadd -l -d closedShown -a closed
}
compdef _hooktrail hooktrail
`

const FISH = `# fish completion of hooktrail: hooktrail completion fish | source
complete -c hooktrail -f -a '(hooktrail __complete fish (commandline -cp | string collect) 2>/dev/null)'
`

export const SHELLS = {
  bash: { script: BASH, line: bashLine },
  zsh: { script: ZSH, line: described },
  fish: { script: FISH, line: described },
} as const satisfies Readonly<Record<string, Shell>>

export type ShellName = keyof typeof SHELLS

export const SHELL_NAMES = Object.keys(SHELLS) as ShellName[]

function described({ text, description }: Candidate): string {
  return description === '' ? text : `${text}\t${description}`
}

/**
 * bash replaces what comes after the last of its word breaks (`:` is one), or what stands in the open quote, and adds
 * no quotes or spaces of its own here.
 */
function bashLine({ text, open }: Candidate, typed: ShellLine, wordBreaks: string): string {
  if (typed.inQuote !== undefined) return text.slice(typed.word.length - typed.inQuote.length)
  const kept = lengthUntilBreak(typed.raw, wordBreaks)
  return text.slice(kept).replace(/[^\w@%+=:,./*[\]-]/g, '\\$&') + (open ? '' : ' ')
}

/** Characters of the word, without backslashes, up to and with its last break that is not escaped. */
function lengthUntilBreak(raw: string, wordBreaks: string): number {
  let length = 0
  let kept = 0
  for (const [piece] of raw.matchAll(/\\?./gs)) {
    length += 1
    if (piece.length === 1 && wordBreaks.includes(piece)) kept = length
  }
  return kept
}
