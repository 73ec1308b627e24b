/**
 * C0 and C1 controls (ESC and CSI among them), soft hyphen, zero-width and bidirectional controls, line and
 * paragraph separators, variation of direction by tag characters, interlinear marks, lone surrogates: whatever
 * could drive a terminal, reorder a line or hide in it.
 */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu

/**
 * Text that somebody else wrote, made safe for a terminal and for one line of a log: what could drive the
 * terminal is shown as `\n`, `\t` or `\u{1b}`. Neither colour nor newline survives.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escape)
}

/** As `printable`, but line breaks stay: for our own messages that quote somebody. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n')
}

function escape(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  if (character === '\r') return '\\r'
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** What `printable` escapes and JSON does not. */
const UNPRINTABLE_IN_JSON =
  /[\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]|\udb41[\udc00-\udfff]|\udb42[\udc00-\udfff]|\udb43[\udc00-\udfff]/g

/** The same JSON value, so that a terminal is not driven by it either. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE_IN_JSON, (text) => {
    let escaped = ''
    for (let index = 0; index < text.length; index += 1) {
      escaped += `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`
    }
    return escaped
  })
}
