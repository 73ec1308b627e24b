/**
 * A line for a terminal, with texts of a file in it that anybody may have written: controls, format characters and
 * separators of lines are shown as `\u{1b}`. Smaller than the platform's `printable`, which no single file can carry.
 */
export function safeLine(text: string): string {
  return text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
