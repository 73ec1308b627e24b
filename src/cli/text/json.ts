/**
 * What printable() escapes and JSON does not: a terminal must not be driven by --json either. The value stays
 * the same.
 */
const UNPRINTABLE =
  /[\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]|\udb41[\udc00-\udfff]|\udb42[\udc00-\udfff]|\udb43[\udc00-\udfff]/g

/** One line of JSON. */
export function jsonLine(value: unknown): string {
  return `${escapeUnprintable(JSON.stringify(value))}\n`
}

/** A JSON document for people and programs. */
export function jsonDocument(value: unknown): string {
  return `${escapeUnprintable(JSON.stringify(value, undefined, 2))}\n`
}

function escapeUnprintable(json: string): string {
  return json.replace(UNPRINTABLE, (text) => {
    let escaped = ''
    for (let index = 0; index < text.length; index += 1) {
      escaped += `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`
    }
    return escaped
  })
}
