/** HTML that was made safe: only `html` and `joined` make it, so text from elsewhere cannot pass as HTML. */
export interface Html {
  readonly html: string
}

/** Text in `${…}` is escaped; HTML made by this function is not escaped again. */
export function html(parts: TemplateStringsArray, ...values: readonly (Html | string)[]): Html {
  let text = parts[0] ?? ''
  for (const [index, value] of values.entries()) {
    text += (typeof value === 'string' ? escaped(value) : value.html) + (parts[index + 1] ?? '')
  }
  return { html: text }
}

export function joined(pieces: readonly Html[], separator = ''): Html {
  return { html: pieces.map((piece) => piece.html).join(separator) }
}

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}
